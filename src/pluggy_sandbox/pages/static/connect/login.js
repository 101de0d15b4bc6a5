/* What a bank asks before the connection starts: its own fields, with its own rules and words. */

import { h, icon, tile } from "../dom.js";

const TEST_USERS = {
  direct: [
    "user-ok",
    "user-ok-img",
    "user-ok-select",
    "user-ok-phone",
    "user-ok-account-error",
    "user-locked",
    "user-unavailable",
    "user-account-need-actions",
  ],
  business: ["user-ok", "user-ok-multi-company", "user-locked", "user-unavailable"],
  openFinance: ["761.092.776-73", "238.242.640-30", "051.177.670-55"],
};
const COMPANY = "00.360.305/0001-04";
const PERMISSIONS = [
  ["IDENTITY", "of.identity"],
  ["ACCOUNTS", "of.accounts"],
  ["CREDIT_CARDS", "of.cards"],
  ["INVESTMENTS", "of.investments"],
  ["LOANS", "of.loans"],
];

/** `submit(values)` may answer {parameter: message} to mark fields the bank refused. */
export function loginScreen({ say, connector, values, updating, submit, chooseOther }) {
  const fields = connector.credentials.map((credential) => field(credential, values, say));
  const refusal = h(
    "p",
    { class: "note bad", role: "alert", hidden: true },
    icon("alert"),
    h("span", {}, say("login.invalid")),
  );
  const button = h(
    "button",
    { class: "button wide", type: "submit", form: "login" },
    say(connector.isOpenFinance ? "of.submit" : "login.submit"),
  );
  const form = h(
    "form",
    {
      id: "login",
      novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        const wrong = fields.filter((entry) => !entry.check());
        refusal.hidden = wrong.length === 0;
        if (wrong.length > 0) return wrong[0].focus();
        button.disabled = true;
        const refused = await submit(
          Object.fromEntries(
            fields.map((entry) => [entry.name, entry.read()]).filter(([, value]) => value !== ""),
          ),
        );
        button.disabled = false;
        if (refused) {
          refusal.hidden = false;
          fields.forEach((entry) => refused[entry.name] && entry.refuse(refused[entry.name]));
        }
      },
      oninput: () => calm(),
    },
    refusal,
    ...fields.map((entry) => entry.element),
  );
  const calm = () => {
    if (!form.querySelector("[aria-invalid]")) refusal.hidden = true;
  };
  return {
    body: [
      heading(connector, updating, say),
      form,
      connector.isOpenFinance ? permissions(connector, say) : null,
      testUsers(connector, fields, say, calm),
    ],
    actions: [
      button,
      chooseOther && h("button", { class: "link", type: "button", onclick: chooseOther }, say("login.other")),
    ],
  };
}

function heading(connector, updating, say) {
  const base = connector.isOpenFinance ? "of" : updating ? "login.reconnect" : "login";
  const [title, lead] =
    base === "login" ? ["login.title", "login.lead"] : [base === "of" ? "of.title" : base, `${base}.lead`];
  return h(
    "header",
    {},
    h(
      "div",
      { class: "chosen" },
      tile(connector),
      h("div", {}, h("h1", {}, say(title, { bank: connector.name }))),
    ),
    h("p", { class: "lead" }, say(lead, { bank: connector.name })),
  );
}

function permissions(connector, say) {
  const granted = PERMISSIONS.filter(([product]) => connector.products.includes(product));
  return h(
    "section",
    { class: "permissions", "aria-label": say("of.will") },
    h("h2", {}, say("of.will")),
    h("ul", { class: "permissions-list" }, ...granted.map(([, key]) => h("li", {}, icon("check"), say(key)))),
    h("p", { class: "until" }, say("of.until")),
  );
}

function field(credential, values, say) {
  const id = `field-${credential.name}`;
  const wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert", hidden: true });
  const input = control(credential, id, values[credential.name] ?? "", say);
  const hint = credential.assistiveText || credential.instructions;
  input.setAttribute("aria-describedby", [hint && `${id}-hint`, wrong.id].filter(Boolean).join(" "));
  const refuse = (message) => {
    input.setAttribute("aria-invalid", "true");
    wrong.hidden = false;
    wrong.replaceChildren(icon("alert"), message);
  };
  const check = () => {
    const message = problem(credential, input.value.trim(), say);
    if (message) refuse(message);
    else {
      input.removeAttribute("aria-invalid");
      wrong.hidden = true;
    }
    return message === null;
  };
  input.addEventListener("input", () => {
    values[credential.name] = input.value;
    if (input.hasAttribute("aria-invalid")) check();
  });
  return {
    name: credential.name,
    read: () => input.value.trim(),
    focus: () => input.focus(),
    check,
    refuse,
    fill: (value) => {
      input.value = value;
      values[credential.name] = value;
      check();
    },
    element: h(
      "div",
      { class: "field" },
      h(
        "label",
        { for: id },
        credential.label,
        credential.optional && h("span", { class: "hint" }, ` · ${say("login.optional")}`),
      ),
      credential.type === "image" && credential.data
        ? h(
            "div",
            { class: "challenge" },
            h("img", { src: imageSource(credential.data), alt: say("mfa.image") }),
          )
        : null,
      credential.type === "password" ? withReveal(input, say) : input,
      hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null,
      wrong,
    ),
  };
}

function control(credential, id, value, say) {
  if (credential.type === "select") {
    return h(
      "select",
      { id, name: credential.name },
      h("option", { value: "" }, say("login.choose")),
      ...(credential.options ?? []).map((option) =>
        h("option", { value: option.value, selected: option.value === value }, option.label),
      ),
    );
  }
  const numeric = credential.type === "number";
  const input = h("input", {
    id,
    name: credential.name,
    type: credential.type === "password" ? "password" : "text",
    value,
    placeholder: credential.placeholder || null,
    inputmode: numeric ? "numeric" : null,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  });
  if (credential.name === "cpf" || credential.name === "cnpj")
    input.addEventListener("input", () => punctuate(input, credential.name));
  return input;
}

function withReveal(input, say) {
  const button = h(
    "button",
    {
      class: "round",
      type: "button",
      "aria-pressed": "false",
      "aria-label": say("login.show"),
      onclick: () => {
        const revealed = input.type === "password";
        input.type = revealed ? "text" : "password";
        button.setAttribute("aria-pressed", String(revealed));
        button.setAttribute("aria-label", say(revealed ? "login.hide" : "login.show"));
        button.replaceChildren(icon(revealed ? "hidden" : "eye"));
      },
    },
    icon("eye"),
  );
  return h("div", { class: "secret" }, input, button);
}

function problem(credential, value, say) {
  if (value === "") return credential.optional ? null : say("login.required");
  if (credential.validation && !new RegExp(credential.validation).test(value))
    return credential.validationMessage || say("login.pattern");
  return null;
}

/** Writes the dots of a CPF or CNPJ while the person types at the end. */
function punctuate(input, kind) {
  if (input.selectionStart !== input.value.length) return;
  const [length, pattern] =
    kind === "cpf"
      ? [
          11,
          [
            [3, "."],
            [6, "."],
            [9, "-"],
          ],
        ]
      : [
          14,
          [
            [2, "."],
            [5, "."],
            [8, "/"],
            [12, "-"],
          ],
        ];
  const digits = input.value.replace(/\D/g, "").slice(0, length);
  input.value = [...digits]
    .map((digit, at) => (pattern.find(([place]) => place === at)?.[1] ?? "") + digit)
    .join("");
}

export function imageSource(data) {
  return data.startsWith("data:")
    ? data
    : `data:image/${data.startsWith("PHN2Zy") ? "svg+xml" : "png"};base64,${data}`;
}

/** One press fills the form as a sandbox user; every institution of the simulator knows them. */
function testUsers(connector, fields, say, filled) {
  if (fields.length === 0) return null;
  const users = connector.isOpenFinance
    ? TEST_USERS.openFinance
    : connector.type === "BUSINESS_BANK"
      ? TEST_USERS.business
      : TEST_USERS.direct;
  const company = connector.credentials.some((credential) => credential.name === "cnpj");
  const pick = (user) => {
    const known = { user, cpf: user, cnpj: COMPANY, password: "password-ok", token: "123456" };
    fields.forEach((entry) => entry.fill(known[entry.name] ?? ""));
    filled();
  };
  const shown = connector.isOpenFinance && company ? [COMPANY] : users;
  return h(
    "details",
    { class: "test-users" },
    h("summary", {}, say("login.testUsers")),
    h(
      "ul",
      {},
      ...shown.map((user) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", onclick: () => pick(user) },
            h("code", {}, user),
            h("span", {}, say(`users.${user}`, {}, "")),
          ),
        ),
      ),
    ),
  );
}
