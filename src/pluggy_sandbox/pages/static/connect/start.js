/* The screens before anything is sent: welcome and the list of institutions. */

import { h, icon, tile } from "../dom.js";

export function welcomeScreen({ say, proceed }) {
  const fact = (mark, name) =>
    h(
      "li",
      {},
      h("span", { class: "mark" }, icon(mark)),
      h("div", {}, h("h2", {}, say(`welcome.${name}.title`)), h("p", {}, say(`welcome.${name}.text`))),
    );
  return {
    body: [
      h(
        "div",
        { class: "hero", "aria-hidden": "true" },
        h(
          "div",
          { class: "pair" },
          h("span", {}, icon("bank")),
          h("i", { class: "wire" }),
          h("span", {}, icon("shield")),
        ),
      ),
      h(
        "header",
        { class: "center" },
        h("h1", {}, say("welcome.title")),
        h("p", { class: "lead" }, say("welcome.lead")),
      ),
      h("ul", { class: "facts" }, fact("eye", "read"), fact("lock", "safe"), fact("refresh", "undo")),
    ],
    actions: [
      h("p", { class: "agree" }, say("welcome.agree")),
      h("button", { class: "button wide", type: "button", onclick: proceed }, say("continue")),
    ],
  };
}

const KINDS = ["ALL", "PERSONAL_BANK", "BUSINESS_BANK", "INVESTMENT", "OTHER"];

export function institutionsScreen({ say, connectors, filter, choose }) {
  const list = h("div", { class: "banks" });
  const status = h("p", { class: "visually-hidden", role: "status" });
  const search = h("input", {
    type: "search",
    value: filter.query,
    placeholder: say("banks.search"),
    "aria-label": say("banks.search"),
    autocomplete: "off",
    spellcheck: "false",
    "aria-controls": "banks",
  });
  list.id = "banks";
  const draw = () => {
    const matching = connectors.filter(
      (connector) => kindMatches(connector, filter.kind) && nameMatches(connector, filter.query),
    );
    status.textContent = say("banks.count", { count: matching.length });
    list.replaceChildren(...rows(matching, say, choose));
    if (matching.length === 0)
      list.append(h("p", { class: "nothing" }, say("banks.none", { query: filter.query })));
  };
  search.addEventListener("input", () => {
    filter.query = search.value;
    draw();
  });
  list.addEventListener("keydown", walkRows);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector(".bank:not([disabled])")?.focus();
    }
    if (event.key === "Enter") list.querySelector(".bank:not([disabled])")?.click();
  });
  draw();
  return {
    body: [
      h("header", {}, h("h1", {}, say("banks.title"))),
      h(
        "div",
        { class: "search" },
        h("div", { class: "box" }, icon("search"), search),
        chips(connectors, filter, say, draw),
      ),
      list,
      status,
    ],
    focus: window.matchMedia("(pointer: fine)").matches ? search : null,
  };
}

function chips(connectors, filter, say, draw) {
  const present = KINDS.filter(
    (kind) => kind === "ALL" || connectors.some((connector) => kindMatches(connector, kind)),
  );
  const buttons = present.map((kind) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(kind === filter.kind),
        onclick: () => {
          filter.kind = kind;
          buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(present[at] === kind)));
          draw();
        },
      },
      say(`kinds.${kind}`),
    ),
  );
  return present.length > 2 ? h("div", { class: "chips", role: "group" }, ...buttons) : null;
}

function rows(connectors, say, choose) {
  const sandbox = connectors.filter((connector) => connector.isSandbox);
  const others = connectors.filter((connector) => !connector.isSandbox);
  const group = (name, members) =>
    members.length === 0
      ? []
      : [h("p", { class: "group" }, say(name)), ...members.map((connector) => row(connector, say, choose))];
  return [...group("banks.sandbox", sandbox), ...group("banks.all", others)];
}

function row(connector, say, choose) {
  const health = connector.health?.status;
  const offline = health === "OFFLINE";
  const kind = connector.isOpenFinance
    ? say("banks.openFinance")
    : say(`kinds.${connector.type}`, {}, say("kinds.OTHER"));
  return h(
    "button",
    {
      class: "bank",
      type: "button",
      disabled: offline,
      "data-connector": connector.id,
      onclick: () => choose(connector),
    },
    tile(connector),
    h("span", { class: "name" }, connector.name, h("span", { class: "kind" }, kind)),
    offline
      ? h("span", { class: "tag bad" }, say("banks.offline"))
      : health === "UNSTABLE"
        ? h("span", { class: "tag warn" }, say("banks.unstable"))
        : icon("next"),
  );
}

function walkRows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const open = [...event.currentTarget.querySelectorAll(".bank:not([disabled])")];
  const next = open[open.indexOf(document.activeElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function kindMatches(connector, kind) {
  if (kind === "ALL") return true;
  return kind === "OTHER" ? !KINDS.includes(connector.type) : connector.type === kind;
}

function nameMatches(connector, query) {
  return plain(connector.name).includes(plain(query.trim()));
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
