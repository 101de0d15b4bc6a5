/* How it ended: connected, connected in part, or not, always with the next step. */

import { h, icon, tile } from "../dom.js";

const WARNINGS = new Set([
  "USER_AUTHORIZATION_PENDING",
  "USER_INPUT_TIMEOUT",
  "FRESH",
  "BACKOFF",
  "ACCOUNT_NEEDS_ACTION",
  "EXISTS",
]);
const NEEDS_CREDENTIALS = new Set([
  "INVALID_CREDENTIALS",
  "ACCOUNT_CREDENTIALS_RESET",
  "USER_AUTHORIZATION_REVOKED",
  "USER_AUTHORIZATION_NOT_GRANTED",
  "USER_NOT_SUPPORTED",
]);
const HOPELESS = new Set([
  "EXPIRED",
  "NO_TOKEN",
  "NO_ITEM",
  "EXISTS",
  "LIMIT",
  "FRESH",
  "BACKOFF",
  "ERRORS",
  "OFFLINE",
  "USER_AUTHORIZATION_PENDING",
]);

/** HTTP refusals of the API, told as outcomes. */
const REFUSALS = {
  ITEM_NOT_FOUND: "NO_ITEM",
  ITEM_USER_ALREADY_EXISTS: "EXISTS",
  ITEM_CREATION_LIMIT_EXCEEDED: "LIMIT",
  CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY: "FRESH",
  TOO_MANY_CONSECUTIVE_LOGIN_FAILURES: "BACKOFF",
  TOO_MANY_CONSECUTIVE_ERRORS: "ERRORS",
  CONNECTOR_OFFLINE: "OFFLINE",
  LAST_EXECUTION_HAD_LOGIN_ERROR: "INVALID_CREDENTIALS",
  MFA_PARAMERTER_WAS_ALREADY_USED_ERROR: "MFA_USED",
  ITEM_MFA_EXPIRED: "MFA_EXPIRED",
  ITEM_MFA_NOT_FOUND: "MFA_EXPIRED",
};

/** The outcome word for a refused call. */
export function refusalWord(refused) {
  return refused.expired ? "EXPIRED" : (REFUSALS[refused.code] ?? "UNEXPECTED_ERROR");
}

export function successScreen({ say, connector, item, accounts, updating, finish, again }) {
  const missing = Object.entries(item.statusDetail ?? {})
    .filter(([, detail]) => detail && detail.isUpdated === false)
    .map(([product]) => say(`products.${product}`, {}, product));
  return {
    middle: true,
    body: [
      seal(connector, "check", missing.length > 0 ? "warn" : ""),
      h(
        "header",
        {},
        h("h1", {}, say(updating ? "done.updated" : "done.title", { bank: connector.name })),
        h("p", { class: "lead" }, say(missing.length > 0 ? "done.partial" : "done.lead")),
      ),
      accounts.length > 0
        ? h(
            "ul",
            { class: "found", "aria-label": say("done.found") },
            ...accounts.map((account) =>
              h(
                "li",
                {},
                h("span", {}, account.name || account.marketingName),
                h("span", { class: "number" }, ending(account.number)),
              ),
            ),
          )
        : null,
      missing.length > 0
        ? h(
            "p",
            { class: "note warn" },
            icon("alert"),
            h("span", {}, `${say("done.missing")}: ${missing.join(", ")}`),
          )
        : null,
    ],
    actions: [
      finish && h("button", { class: "button wide", type: "button", onclick: finish }, say("done.submit")),
      again && h("button", { class: "link", type: "button", onclick: again }, say("done.again")),
    ],
  };
}

/** `word` is an execution status or an outcome word; `retry`, `edit`, `other` and `close` are the ways on, each may be null. */
export function failureScreen({ say, word, connector, providerMessage, until, retry, edit, other, close }) {
  const known = say(`fail.${word}`, {}, "") ? word : "UNEXPECTED_ERROR";
  const [title, text] = say(`fail.${known}`, {
    until: until ? say("fail.until", { time: until }) : "",
  }).split("|");
  const first = HOPELESS.has(known)
    ? null
    : NEEDS_CREDENTIALS.has(known) && edit
      ? ["failed.edit", edit]
      : retry
        ? ["failed.again", retry]
        : null;
  return {
    middle: true,
    body: [
      connector
        ? seal(connector, "alert", WARNINGS.has(known) ? "warn" : "bad")
        : h("div", { class: "hero" }, icon("alert")),
      h("header", { role: "alert" }, h("h1", {}, title), h("p", { class: "lead" }, text)),
      providerMessage ? h("blockquote", {}, providerMessage, h("footer", {}, say("failed.bank"))) : null,
    ],
    actions: [
      first && h("button", { class: "button wide", type: "button", onclick: first[1] }, say(first[0])),
      other &&
        h("button", { class: "button plain wide", type: "button", onclick: other }, say("failed.other")),
      close &&
        h(
          "button",
          { class: first || other ? "link" : "button wide", type: "button", onclick: close },
          say("close"),
        ),
    ],
  };
}

function seal(connector, mark, tone) {
  return h(
    "div",
    { class: "seal" },
    tile(connector, "big"),
    h("span", { class: `badge ${tone}`, "aria-hidden": "true" }, icon(mark)),
  );
}

/** The last four digits of an account or card, as banks show them. */
function ending(number) {
  const digits = (number ?? "").replace(/\D/g, "").slice(-4);
  return digits ? `•••• ${digits}` : "";
}
