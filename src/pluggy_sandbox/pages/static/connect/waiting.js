/* The screens while the bank works: progress, a confirmation code, an authorisation elsewhere. */

import { h, icon, tile } from "../dom.js";
import { imageSource } from "./login.js";

const STEPS = [
  [
    "login",
    null,
    [
      "CREATING",
      "CREATED",
      "LOGIN_IN_PROGRESS",
      "LOGIN_MFA_IN_PROGRESS",
      "WAITING_USER_INPUT",
      "WAITING_USER_ACTION",
    ],
  ],
  ["accounts", "ACCOUNTS", ["ACCOUNTS_IN_PROGRESS", "ACCOUNT_STATEMENTS_IN_PROGRESS"]],
  ["cards", "CREDIT_CARDS", ["CREDITCARDS_IN_PROGRESS"]],
  ["transactions", "TRANSACTIONS", ["TRANSACTIONS_IN_PROGRESS"]],
  [
    "investments",
    "INVESTMENTS",
    [
      "INVESTMENTS_IN_PROGRESS",
      "INVESTMENTS_TRANSACTIONS_IN_PROGRESS",
      "INVESTMENT_TRANSACTIONS_IN_PROGRESS",
    ],
  ],
  ["payment", "PAYMENT_DATA", ["PAYMENT_DATA_IN_PROGRESS"]],
  ["identity", "IDENTITY", ["IDENTITY_IN_PROGRESS"]],
  ["loans", "LOANS", ["LOANS_IN_PROGRESS"]],
  ["merge", null, ["MERGING"]],
];

/** Has the person's part ended, so that the bank is only being read? */
export function loginIsOver(executionStatus) {
  return !STEPS[0][2].includes(executionStatus);
}

/** `update(item)` moves the marks without drawing the screen again. */
export function progressScreen({ say, connector, updating, hide }) {
  const steps = STEPS.filter(([, product]) => product === null || connector.products.includes(product));
  const marks = steps.map(([name]) =>
    h(
      "li",
      { "data-step": name },
      h("span", { class: "dot", "aria-hidden": "true" }, icon("check")),
      say(`steps.${name}`),
    ),
  );
  const bar = h("i");
  const spoken = h("p", { class: "visually-hidden", role: "status" });
  const trouble = h(
    "p",
    { class: "note warn", role: "status", hidden: true },
    icon("alert"),
    h("span", {}, say("progress.offline")),
  );
  let reached = 0;
  return {
    middle: true,
    body: [
      h("div", { class: "seal" }, tile(connector, "big")),
      h(
        "header",
        {},
        h("h1", {}, say(updating ? "progress.update" : "progress.title", { bank: connector.name })),
        h("p", { class: "lead" }, say("progress.lead")),
      ),
      h("div", { class: "meter", "aria-hidden": "true" }, bar),
      h("ol", { class: "steps" }, ...marks),
      trouble,
      spoken,
    ],
    actions: [
      hide &&
        h(
          "button",
          { class: "button plain wide", type: "button", onclick: hide },
          say("progress.background"),
        ),
    ],
    update: (item) => {
      trouble.hidden = true;
      const at = steps.findIndex(([, , words]) => words.includes(item.executionStatus));
      if (at > reached || reached === 0) reached = Math.max(at, 0);
      marks.forEach((mark, place) => {
        mark.className = place < reached ? "done" : place === reached ? "now" : "";
      });
      bar.style.setProperty("--done", String((reached + 0.5) / steps.length));
      const words = marks[reached].textContent;
      if (spoken.textContent !== words) spoken.textContent = words;
    },
    struggle: () => {
      trouble.hidden = false;
    },
  };
}

export function mfaScreen({ say, connector, parameter, now, submit }) {
  const count = countdown(parameter.expiresAt, now, say);
  const input = parameter.type === "select" ? choices(parameter) : codeInput(parameter);
  const wrong = h("p", { class: "wrong", role: "alert", id: "mfa-wrong", hidden: true });
  const button = h("button", { class: "button wide", type: "submit", form: "mfa" }, say("mfa.submit"));
  const refuse = (message) => {
    wrong.hidden = false;
    wrong.replaceChildren(icon("alert"), message);
    input.focus();
  };
  const form = h(
    "form",
    {
      id: "mfa",
      novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        const message =
          input.read() === ""
            ? say("mfa.empty")
            : parameter.validation && !new RegExp(parameter.validation).test(input.read())
              ? parameter.validationMessage || say("login.pattern")
              : null;
        if (message) return refuse(message);
        button.disabled = true;
        const refused = await submit({ [parameter.name]: input.read() });
        button.disabled = false;
        if (refused) refuse(refused);
      },
    },
    h(
      "div",
      { class: "field" },
      parameter.type === "select"
        ? h("p", { id: "mfa-label" }, parameter.label)
        : h("label", { for: "mfa-value" }, parameter.label),
      input.element,
      parameter.assistiveText ? h("p", { class: "hint" }, parameter.assistiveText) : null,
      wrong,
    ),
  );
  return {
    body: [
      h(
        "header",
        {},
        h(
          "div",
          { class: "chosen" },
          tile(connector),
          h("h1", {}, say("mfa.title", { bank: connector.name })),
        ),
        h("p", { class: "lead" }, parameter.instructions || say("mfa.lead")),
      ),
      parameter.type !== "select" && parameter.data
        ? h(
            "div",
            { class: "challenge" },
            h("img", { src: imageSource(parameter.data), alt: say("mfa.image") }),
          )
        : null,
      form,
      count.element,
      connector.isSandbox && parameter.type !== "select" && !parameter.data
        ? h("p", { class: "note" }, icon("key"), h("span", {}, say("mfa.test")))
        : null,
    ],
    actions: [button],
    focus: input,
    stop: count.stop,
  };
}

function codeInput(parameter) {
  const element = h("input", {
    id: "mfa-value",
    name: parameter.name,
    class: "code-input",
    type: "text",
    inputmode: parameter.type === "number" ? "numeric" : null,
    placeholder: parameter.placeholder || null,
    autocomplete: "one-time-code",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": "mfa-wrong",
  });
  return { element, read: () => element.value.trim(), focus: () => element.focus() };
}

function choices(parameter) {
  const element = h(
    "div",
    { class: "choices", role: "radiogroup", "aria-labelledby": "mfa-label" },
    ...(parameter.options ?? []).map((option) =>
      h(
        "label",
        {},
        h("input", { type: "radio", name: parameter.name, value: option.value }),
        h("span", {}, option.label),
      ),
    ),
  );
  return {
    element,
    read: () => element.querySelector(":checked")?.value ?? "",
    focus: () => element.querySelector("input")?.focus(),
  };
}

/** `open(url)` takes the person to the bank; `play()` acts for the person where there is no bank. */
export function actionScreen({ say, connector, action, now, open, play }) {
  const scan = action.type === "qr";
  const url = action.attributes?.url ?? null;
  const image = action.attributes?.image ?? action.attributes?.data ?? null;
  const count = countdown(action.expiresAt, now, say);
  const button =
    url &&
    h(
      "button",
      {
        class: "button wide",
        type: "button",
        onclick: () => {
          open(url);
          label.textContent = say("action.again");
        },
      },
      icon("out"),
    );
  const label = h("span", {}, say("action.open", { bank: connector.name }));
  if (button) button.append(label);
  return {
    middle: true,
    body: [
      image
        ? h("div", { class: "challenge" }, h("img", { src: imageSource(image), alt: say("action.qr.alt") }))
        : h("div", { class: "seal" }, tile(connector, "big")),
      h(
        "header",
        {},
        h("h1", {}, say(scan ? "action.qr.title" : "action.title", { bank: connector.name })),
        h("p", { class: "lead" }, url ? say("action.lead") : action.instructions || say("action.lead")),
      ),
      h("p", { class: "count" }, say("action.waiting")),
      count.element,
    ],
    actions: [
      button,
      !url && h("button", { class: "button plain wide", type: "button", onclick: play }, say("action.play")),
    ],
    stop: count.stop,
  };
}

/** Counts down to `expiresAt` by the simulator's clock; says nothing without a deadline. */
function countdown(expiresAt, now, say) {
  if (!expiresAt) return { element: null, stop: () => null };
  const words = h("span");
  const element = h("p", { class: "count", role: "timer" }, icon("clock"), words);
  const draw = () => {
    const left = Math.max(0, Math.round((Date.parse(expiresAt) - now()) / 1000));
    words.textContent = say("mfa.left", {
      time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`,
    });
    element.classList.toggle("soon", left <= 15);
  };
  draw();
  const timer = setInterval(draw, 500);
  return { element, stop: () => clearInterval(timer) };
}
