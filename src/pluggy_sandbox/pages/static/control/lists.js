/* The two long lists: Items with what can be done to them, and deliveries with resend. */

import { h, tile } from "../dom.js";
import { button, panel } from "./panels.js";

const WAITING = ["approve", "reject", "expire-mfa"];
const CONSENT = ["revoke-consent", "revoke-consent-quietly", "expire-consent"];
const TONES = {
  UPDATED: "good",
  OUTDATED: "warn",
  LOGIN_ERROR: "bad",
  WAITING_USER_INPUT: "warn",
  WAITING_USER_ACTION: "warn",
  DELIVERED: "good",
  GAVE_UP: "bad",
  LOST: "warn",
};
const SHOWN_DELIVERIES = 100;

export function itemsPanel({ say, act, items, kinds, errors, open, connect, time }) {
  const rows = [...items]
    .reverse()
    .map((item) =>
      entry(
        `item-${item.id}`,
        open,
        [
          tile(item.connector),
          title(item.connector.name, `${item.executionStatus} · ${time(item.updatedAt)} · ${item.id}`),
          tag(item.status),
        ],
        () => itemInside({ say, act, item, kinds, errors, connect }),
      ),
    );
  return panel(
    say,
    "items",
    { count: items.length },
    ...(rows.length > 0 ? rows : [h("p", { class: "empty" }, say("items.none"))]),
  );
}

function itemInside({ say, act, item, kinds, errors, connect }) {
  const names = [
    ...(item.status.startsWith("WAITING") || item.executionStatus === "USER_AUTHORIZATION_PENDING"
      ? WAITING
      : []),
    "auto-sync",
    ...(item.consentId ? CONSENT : []),
  ];
  return [
    item.accounts.length > 0
      ? block(
          say("items.accounts"),
          h(
            "table",
            {},
            ...item.accounts.map((account) =>
              h(
                "tr",
                {},
                h("td", {}, account.name),
                h("td", { class: "quiet" }, say("items.rows", { count: account.transactions })),
                h("td", {}, money(account.balance)),
              ),
            ),
          ),
        )
      : null,
    block(
      say("items.act"),
      h(
        "div",
        { class: "row" },
        ...names.map((name) =>
          button(
            say(`act.${name}`),
            () => act("POST", `items/${item.id}/${name}`),
            name.startsWith("re") ? "bad" : "plain",
          ),
        ),
        button(say("items.update"), () => connect(item.id)),
      ),
    ),
    item.accounts.length > 0 ? block(say("items.mutate"), mutationForm({ say, act, item, kinds })) : null,
    block(say("items.plan"), planForm({ say, act, item, errors })),
    block(say("items.json"), h("pre", { tabindex: "0" }, JSON.stringify(item, null, 2))),
  ];
}

function mutationForm({ say, act, item, kinds }) {
  return h(
    "form",
    {
      class: "inline",
      onsubmit: (event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        act("POST", `items/${item.id}/mutations`, () => ({
          kind: data.get("kind"),
          accountId: data.get("accountId"),
          when: data.get("when"),
          params: data.get("params").trim() ? JSON.parse(data.get("params")) : {},
        }));
      },
    },
    h(
      "label",
      { class: "grow" },
      say("items.kind"),
      h(
        "select",
        { name: "kind" },
        ...kinds.map((kind) => h("option", { value: kind }, `${kind} · ${say(`kinds.${kind}`, {}, "")}`)),
      ),
    ),
    h(
      "label",
      { class: "grow" },
      say("items.account"),
      h(
        "select",
        { name: "accountId" },
        ...item.accounts.map((account) => h("option", { value: account.id }, account.name)),
      ),
    ),
    h(
      "label",
      {},
      say("items.when"),
      h(
        "select",
        { name: "when" },
        ...["now", "next", "sync"].map((when) => h("option", { value: when }, say(`when.${when}`))),
      ),
    ),
    h(
      "label",
      { class: "grow" },
      say("items.params"),
      h("input", { name: "params", placeholder: "{}", spellcheck: "false" }),
    ),
    h("button", { class: "button small", type: "submit" }, say("items.apply")),
  );
}

/** How the coming runs end: as the bank would have it, or with one error until it is lifted. */
function planForm({ say, act, item, errors }) {
  const send = (event) => {
    event.preventDefault();
    const error = new FormData(event.currentTarget).get("error");
    act("PUT", `items/${item.id}/plan`, error ? { error } : {});
  };
  return h(
    "form",
    { class: "inline", onsubmit: send },
    h(
      "label",
      { class: "grow" },
      say("items.ending"),
      h(
        "select",
        { name: "error" },
        h("option", { value: "" }, say("items.unplanned")),
        ...errors.map((code) => h("option", { value: code }, code)),
      ),
    ),
    h("button", { class: "button small", type: "submit" }, say("items.planIt")),
  );
}

export function deliveriesPanel({ say, act, deliveries, open, filter, refilter, time }) {
  const states = ["", "PENDING", "DELIVERED", "GAVE_UP", "LOST"];
  const chosen = deliveries
    .filter((delivery) => !filter.state || delivery.state === filter.state)
    .reverse()
    .slice(0, SHOWN_DELIVERIES);
  const select = h(
    "select",
    {
      "aria-label": say("deliveries"),
      onchange: (event) => {
        filter.state = event.target.value;
        refilter();
      },
    },
    ...states.map((state) =>
      h("option", { value: state, selected: state === filter.state }, state || say("deliveries.all")),
    ),
  );
  const rows = chosen.map((delivery) =>
    entry(
      `delivery-${delivery.id}`,
      open,
      [
        h("span", { class: "small quiet mono" }, `×${delivery.attempts.length}`),
        title(
          delivery.event,
          `${time(delivery.createdAt)} · ${delivery.url}${delivery.nextAttemptAt ? ` · ${say("deliveries.waiting", { time: time(delivery.nextAttemptAt) })}` : ""}`,
        ),
        tag(delivery.state),
      ],
      () => deliveryInside({ say, act, delivery, time }),
    ),
  );
  return panel(
    say,
    "deliveries",
    { count: deliveries.length, end: h("span", { class: "inline" }, select) },
    ...(rows.length > 0 ? rows : [h("p", { class: "empty" }, say("deliveries.none"))]),
  );
}

function deliveryInside({ say, act, delivery, time }) {
  return [
    h(
      "div",
      { class: "row" },
      button(say("deliveries.resend"), () => act("POST", `deliveries/${delivery.id}/resend`), ""),
    ),
    delivery.attempts.length > 0
      ? block(
          say("deliveries.attempts"),
          h(
            "table",
            {},
            ...delivery.attempts.map((attempt) =>
              h(
                "tr",
                {},
                h("td", {}, time(attempt.at)),
                h("td", {}, String(attempt.status ?? attempt.error)),
                h("td", {}, `${attempt.milliseconds} ms`),
              ),
            ),
          ),
        )
      : null,
    block(say("deliveries.payload"), h("pre", { tabindex: "0" }, JSON.stringify(delivery.payload, null, 2))),
  ];
}

/** A row that opens; its inside is only built while open, and stays open when the list is drawn again. */
function entry(key, open, summary, inside) {
  const content = h("div", { class: "inside" });
  const fill = () => content.replaceChildren(...inside().filter(Boolean));
  const details = h(
    "details",
    {
      class: "entry",
      "data-key": key,
      open: open.has(key),
      ontoggle: () => {
        if (details.open) {
          open.add(key);
          if (!content.hasChildNodes()) fill();
        } else open.delete(key);
      },
    },
    h("summary", {}, ...summary),
    content,
  );
  if (open.has(key)) fill();
  return details;
}

function title(name, detail) {
  return h("span", { class: "what" }, h("b", {}, name), h("span", {}, detail));
}

function tag(word) {
  return h("span", { class: `tag ${TONES[word] ?? ""}` }, word);
}

function block(name, content) {
  return h("div", {}, h("h3", {}, name), content);
}

function money(amount) {
  return new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" }).format(amount);
}
