/* The panels that are forms: clock, faults, rules, health, subscriptions. */

import { h } from "../dom.js";

const STEPS = [
  ["minute", 60],
  ["quarter", 900],
  ["hour", 3600],
  ["day", 86400],
  ["month", 2592000],
];
const FAULTS = ["rate_limit", "error", "slow", "drop", "garbage"];

export function panel(say, name, { end = null, count = null, lead = null } = {}, ...children) {
  return h(
    "section",
    { class: "panel", "aria-labelledby": `panel-${name}` },
    h(
      "header",
      {},
      h("h2", { id: `panel-${name}` }, say(name)),
      count !== null ? h("span", { class: "count" }, String(count)) : null,
      end ? h("span", { class: "end" }, end) : null,
    ),
    lead ? h("p", { class: "lead" }, say(lead)) : null,
    ...children,
  );
}

export function button(text, act, tone = "plain") {
  return h("button", { class: `button small ${tone}`, type: "button", onclick: act }, text);
}

export function clockPanel({ say, act }) {
  const seconds = h("input", {
    class: "narrow",
    type: "number",
    name: "seconds",
    min: "0",
    step: "any",
    value: "5",
  });
  const advance = (count) => act("POST", "clock", { seconds: count });
  return panel(
    say,
    "clock",
    { lead: "clock.lead" },
    h(
      "div",
      { class: "row" },
      ...STEPS.map(([name, count]) => button(say(`clock.${name}`), () => advance(count))),
      h(
        "form",
        {
          class: "inline",
          onsubmit: (event) => {
            event.preventDefault();
            advance(Number(seconds.value));
          },
        },
        h("label", {}, say("clock.seconds"), seconds),
        h("button", { class: "button small", type: "submit" }, say("clock.advance")),
      ),
    ),
  );
}

export function faultsPanel({ say, act, faults }) {
  const rows = faults.map((fault) =>
    h(
      "div",
      { class: "setting" },
      h(
        "span",
        {},
        h("b", {}, say(`fault.${fault.kind}`)),
        " ",
        h("span", { class: "mono quiet" }, `${fault.method ?? "*"} ${fault.path}`),
        " ",
        h(
          "span",
          { class: "small quiet" },
          say("faults.struck", { count: `${fault.struck}${fault.times ? `/${fault.times}` : ""}` }),
        ),
      ),
      button(say("faults.remove"), () => act("DELETE", `faults/${fault.id}`), "bad"),
    ),
  );
  return panel(
    say,
    "faults",
    {
      lead: "faults.lead",
      count: faults.length,
      end: faults.length > 1 ? button(say("faults.clear"), () => act("DELETE", "faults"), "bad") : null,
    },
    ...(rows.length > 0 ? rows : [h("p", { class: "empty" }, say("faults.none"))]),
    faultForm(say, act),
  );
}

function faultForm(say, act) {
  const option = (value, text) => h("option", { value }, text);
  return h(
    "form",
    {
      class: "inline",
      onsubmit: (event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const fault = { kind: data.get("kind"), path: data.get("path") || "/" };
        if (data.get("method")) fault.method = data.get("method");
        if (data.get("times")) fault.times = Number(data.get("times"));
        act("POST", "faults", fault);
      },
    },
    h(
      "label",
      { class: "grow" },
      say("faults.kind"),
      h("select", { name: "kind" }, ...FAULTS.map((kind) => option(kind, say(`fault.${kind}`)))),
    ),
    h(
      "label",
      {},
      say("faults.method"),
      h(
        "select",
        { name: "method" },
        option("", say("faults.any")),
        ...["GET", "POST", "PATCH", "DELETE"].map((name) => option(name, name)),
      ),
    ),
    h(
      "label",
      { class: "grow" },
      say("faults.path"),
      h("input", { name: "path", value: "/", spellcheck: "false" }),
    ),
    h(
      "label",
      {},
      say("faults.times"),
      h("input", { class: "narrow", name: "times", type: "number", min: "1", placeholder: "∞" }),
    ),
    h("button", { class: "button small", type: "submit" }, say("faults.add")),
  );
}

/** `inputs` says what each switch is set with: flag, number, text, list; with `?` it may be off (null). */
export function switchesPanel({ say, act, switches, inputs }) {
  const rows = Object.entries(switches).map(([name, value]) =>
    h(
      "div",
      { class: "setting" },
      h(
        "label",
        { for: `switch-${name}` },
        say(`switch.${name}`, {}, name),
        h("span", { class: "mono" }, name),
      ),
      switchInput(say, `switch-${name}`, inputs[name], value, (next) =>
        act("PATCH", "switches", { [name]: next }),
      ),
    ),
  );
  return panel(say, "switches", {}, ...rows);
}

const READINGS = { number: Number, text: (typed) => typed, list: (typed) => typed.split(/[\s,]+/) };

function switchInput(say, id, input, value, change) {
  if (input === "flag")
    return h("input", {
      id,
      class: "switch",
      type: "checkbox",
      role: "switch",
      checked: value,
      onchange: (event) => change(event.target.checked),
    });
  const [kind, empty] = input.endsWith("?")
    ? [input.slice(0, -1), null]
    : [input, input === "number" ? 0 : ""];
  return h("input", {
    id,
    type: kind === "number" ? "number" : "text",
    min: "0",
    step: "any",
    autocomplete: "off",
    spellcheck: "false",
    value: Array.isArray(value) ? value.join(" ") : (value ?? ""),
    placeholder: empty === null ? say("switches.off") : null,
    onchange: (event) => {
      const typed = event.target.value.trim();
      change(typed === "" ? empty : READINGS[kind](typed));
    },
  });
}

export function healthPanel({ say, act }) {
  return panel(
    say,
    "connectors",
    {},
    h(
      "form",
      {
        class: "inline",
        onsubmit: (event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          act("POST", `connectors/${Number(data.get("id"))}`, { status: data.get("status") });
        },
      },
      h(
        "label",
        {},
        say("connectors.id"),
        h("input", { class: "narrow", name: "id", type: "number", min: "0", value: "2", required: true }),
      ),
      h(
        "label",
        { class: "grow" },
        say("connectors.status"),
        h(
          "select",
          { name: "status" },
          ...["ONLINE", "UNSTABLE", "OFFLINE"].map((status) => h("option", { value: status }, status)),
        ),
      ),
      h("button", { class: "button small", type: "submit" }, say("connectors.change")),
    ),
  );
}

export function webhooksPanel({ say, webhooks }) {
  const rows = webhooks.map((webhook) =>
    h(
      "div",
      { class: "setting" },
      h(
        "span",
        {},
        h("b", { class: "small" }, webhook.event),
        h("span", { class: "mono quiet" }, ` ${webhook.url}`),
      ),
      webhook.disabledAt ? h("span", { class: "tag bad" }, say("webhooks.off")) : null,
    ),
  );
  return panel(
    say,
    "webhooks",
    { count: webhooks.length },
    ...(rows.length > 0 ? rows : [h("p", { class: "empty" }, say("webhooks.none"))]),
  );
}
