/* The control page: reads the whole state every two seconds and draws what changed. */

import { h } from "../dom.js";
import { chooseLanguage, speaker } from "../speaker.js";
import { call } from "./api.js";
import { deliveriesPanel, itemsPanel } from "./lists.js";
import { button, clockPanel, faultsPanel, healthPanel, switchesPanel, webhooksPanel } from "./panels.js";
import { TEXTS } from "./texts.js";

const REFRESH_MS = 2000;
const BRAZIL = "America/Sao_Paulo";
const root = document.getElementById("control");
const kinds = root.dataset.kinds.split(" ");
const errors = root.dataset.errors.split(" ");
const inputs = Object.fromEntries(root.dataset.inputs.split(" ").map((pair) => pair.split(":")));
const open = new Set();
const filter = { state: "" };
const page = {
  language: chooseLanguage(new URLSearchParams(window.location.search).get("language")),
  slots: {},
  drawn: {},
  data: null,
  skew: 0,
  moment: null,
};

async function read() {
  const started = Date.now();
  const names = ["state", "clock", "items", "deliveries", "faults", "switches", "webhooks"];
  const answers = await Promise.all(names.map((name) => call("GET", name)));
  page.data = Object.fromEntries(names.map((name, at) => [name, answers[at]]));
  page.skew = Date.parse(page.data.clock.now) - started;
}

/** Sends one command, says how it went, and reads again. `body` may be a function that builds it. */
async function act(method, path, body) {
  try {
    await call(method, path, typeof body === "function" ? body() : body);
    toast(speaker(TEXTS, page.language)("done"));
  } catch (error) {
    toast(error.message, "bad");
  }
  await refresh();
}

async function connect(itemId) {
  const { accessToken } = await call("POST", "connect_token", itemId ? { itemId } : {});
  const query = new URLSearchParams({
    connect_token: accessToken,
    with_sandbox: "true",
    language: page.language,
  });
  if (itemId) query.set("update_item", itemId);
  window.open(`/connect?${query}`, "pluggy-sandbox-connect", "width=460,height=780");
}

function build() {
  const say = speaker(TEXTS, page.language);
  const { seed } = page.data.state;
  document.documentElement.lang = page.language === "pt" ? "pt-BR" : "en";
  document.title = say("title");
  page.moment = h("span", { class: "moment" });
  page.drawn = {};
  page.slots = Object.fromEntries(
    ["items", "deliveries", "faults", "switches", "webhooks"].map((name) => [name, h("div")]),
  );
  const language = (code) =>
    h(
      "button",
      {
        type: "button",
        lang: code,
        "aria-pressed": String(code === page.language),
        onclick: () => {
          page.language = code;
          build();
        },
      },
      code.toUpperCase(),
    );
  const restart = () => {
    if (window.confirm(say("reset.sure"))) act("POST", "reset", {});
  };
  root.replaceChildren(
    h(
      "div",
      { class: "mast" },
      h("h1", {}, say("title")),
      page.moment,
      h("span", { class: "small quiet" }, say("seed", { seed })),
      h(
        "div",
        { class: "end" },
        button(say("connect"), () => connect(null), ""),
        h(
          "div",
          { class: "languages", role: "group", "aria-label": say("language") },
          language("pt"),
          language("en"),
        ),
      ),
    ),
    h(
      "main",
      { class: "columns" },
      h("div", { class: "column" }, clockPanel({ say, act }), page.slots.items, page.slots.deliveries),
      h(
        "div",
        { class: "column" },
        page.slots.faults,
        healthPanel({ say, act }),
        page.slots.webhooks,
        page.slots.switches,
        h(
          "div",
          { class: "row" },
          button(say("expireTokens"), () => act("POST", "tokens/expire")),
          button(say("reset"), restart, "bad"),
        ),
      ),
    ),
  );
  draw();
}

/** Draws the slots whose data moved, except where a person is typing. */
function draw() {
  const say = speaker(TEXTS, page.language);
  const { items, deliveries, faults, switches, webhooks } = page.data;
  const time = (moment) =>
    new Intl.DateTimeFormat(page.language, {
      timeZone: BRAZIL,
      day: "2-digit",
      month: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }).format(new Date(moment));
  slot("items", items, () => itemsPanel({ say, act, items, kinds, errors, open, connect, time }));
  slot("deliveries", [deliveries, filter.state], () =>
    deliveriesPanel({ say, act, deliveries, open, filter, refilter: draw, time }),
  );
  slot("faults", faults, () => faultsPanel({ say, act, faults }));
  slot("switches", switches, () => switchesPanel({ say, act, switches, inputs }));
  slot("webhooks", webhooks, () => webhooksPanel({ say, webhooks }));
}

function slot(name, data, make) {
  const place = page.slots[name];
  const words = JSON.stringify(data);
  const typing =
    place.contains(document.activeElement) &&
    document.activeElement.matches("input:not([type=checkbox]), select[name]");
  if (page.drawn[name] === words || typing) return;
  page.drawn[name] = words;
  place.replaceChildren(make());
}

function tick() {
  if (!page.moment) return;
  const now = new Date(page.data.clock.frozen ? Date.parse(page.data.clock.now) : Date.now() + page.skew);
  const words = new Intl.DateTimeFormat(page.language, {
    timeZone: BRAZIL,
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(now);
  page.moment.textContent = page.data.clock.frozen
    ? `${words} · ${speaker(TEXTS, page.language)("frozen")}`
    : words;
}

async function refresh() {
  try {
    await read();
  } catch {
    return toast(speaker(TEXTS, page.language)("lost"), "bad");
  }
  if (page.moment) draw();
  else build();
  tick();
}

function toast(words, tone = "") {
  document.querySelector(".toast")?.remove();
  const note = h("p", { class: `toast ${tone}`, role: "status" }, words);
  document.body.append(note);
  setTimeout(() => note.remove(), 3500);
}

await refresh();
setInterval(tick, 250);
setInterval(() => {
  if (!document.hidden) refresh();
}, REFRESH_MS);
