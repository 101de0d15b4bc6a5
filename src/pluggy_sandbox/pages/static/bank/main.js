/* The mock bank's story: sign in, read what is asked, say yes or no, go back. */

import { h, icon, tile } from "../dom.js";
import { chooseLanguage, speaker } from "../speaker.js";
import { TEXTS } from "./texts.js";

const LOGIN = { email: "ralph.bragg@gmail.com", password: "P@ssword01" };
const SETTLE_MS = 800;
const query = new URLSearchParams(window.location.search);
const address = `/bank/consents/${encodeURIComponent(query.get("itemId") ?? "")}`;
const root = document.getElementById("bank");
const page = { language: chooseLanguage(query.get("language")), request: null, draw: null };

async function start() {
  const response = await fetch(address, { cache: "no-store" });
  page.request = response.ok
    ? await response.json()
    : { connector: { name: "Pluggy Sandbox" }, state: "gone" };
  show(["asked", "pending"].includes(page.request.state) ? loginCard : endCard("gone"));
}

function show(draw) {
  page.draw = draw;
  const say = speaker(TEXTS, page.language);
  document.documentElement.lang = page.language === "pt" ? "pt-BR" : "en";
  const mark = tile(page.request.connector);
  for (const name of ["--tile", "--tile-ink"])
    root.style.setProperty(name, mark.style.getPropertyValue(name));
  const card = h("main", { class: "card" }, ...draw(say).filter(Boolean));
  root.replaceChildren(
    h(
      "div",
      { class: "top" },
      h(
        "div",
        { class: "inside" },
        mark,
        h("span", {}, page.request.connector.name, h("span", { class: "kind" }, say("kind"))),
      ),
    ),
    card,
    foot(say),
  );
  const heading = card.querySelector("h1");
  document.title = `${heading.textContent} · ${page.request.connector.name}`;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
}

function foot(say) {
  const language = (code) =>
    h(
      "button",
      {
        type: "button",
        lang: code,
        "aria-pressed": String(code === page.language),
        onclick: () => {
          page.language = code;
          show(page.draw);
        },
      },
      code.toUpperCase(),
    );
  return h(
    "footer",
    { class: "foot" },
    h("span", {}, say("print")),
    h(
      "div",
      { class: "languages", role: "group", "aria-label": say("language") },
      language("pt"),
      language("en"),
    ),
  );
}

function loginCard(say) {
  const input = (name, type) =>
    h("input", {
      id: name,
      name,
      type,
      value: LOGIN[name],
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "wrong",
    });
  const wrong = h(
    "p",
    { class: "note bad", id: "wrong", role: "alert", hidden: true },
    icon("alert"),
    h("span", {}, say("login.wrong")),
  );
  const [email, password] = [input("email", "email"), input("password", "password")];
  return [
    h(
      "header",
      {},
      h("h1", {}, say("login.title")),
      h("p", { class: "lead" }, say("login.lead", { bank: page.request.connector.name })),
    ),
    h(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          wrong.hidden = email.value === LOGIN.email && password.value === LOGIN.password;
          if (wrong.hidden) show(consentCard);
        },
      },
      wrong,
      h("div", { class: "field" }, h("label", { for: "email" }, say("login.email")), email),
      h("div", { class: "field" }, h("label", { for: "password" }, say("login.password")), password),
      h("p", { class: "note" }, icon("key"), h("span", {}, say("login.hint"))),
      h("button", { class: "button wide", type: "submit" }, say("login.submit")),
    ),
  ];
}

function consentCard(say) {
  const { products, document: holder, expiresAt, state } = page.request;
  const known = products.filter((product) => TEXTS.pt[`products.${product}`]);
  const until = expiresAt
    ? new Intl.DateTimeFormat(page.language, { dateStyle: "medium" }).format(new Date(expiresAt))
    : say("consent.never");
  const term = (name, value) => h("div", {}, h("dt", {}, say(name)), h("dd", {}, value));
  const decide = (decision) => async (event) => {
    event.currentTarget
      .closest(".answers")
      .querySelectorAll("button")
      .forEach((button) => {
        button.disabled = true;
      });
    ended(await answer(decision));
  };
  return [
    h("header", {}, h("h1", {}, say("consent.title")), h("p", { class: "lead" }, say("consent.lead"))),
    state === "pending"
      ? h("p", { class: "note warn" }, icon("alert"), h("span", {}, say("consent.second")))
      : null,
    h(
      "ul",
      { class: "permissions" },
      ...known.map((product) => h("li", {}, icon("check"), say(`products.${product}`))),
    ),
    h(
      "dl",
      { class: "terms" },
      holder ? term("consent.who", holder) : null,
      term("consent.purpose", say("consent.purpose.text")),
      term("consent.until", until),
    ),
    h(
      "div",
      { class: "answers" },
      h(
        "button",
        { class: "button wide", type: "button", onclick: decide("approve") },
        say("consent.approve"),
      ),
      h(
        "button",
        { class: "button bad wide", type: "button", onclick: decide("reject") },
        say("consent.reject"),
      ),
    ),
  ];
}

/** Sends the decision, then looks at what the bank made of it: approved, rejected, pending or gone. */
async function answer(decision) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ decision, ...LOGIN }),
  });
  if (!response.ok || !(await response.json()).taken) return "gone";
  if (decision === "reject") return "rejected";
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = await fetch(address, { cache: "no-store" }).then((reply) => reply.json());
  return after.state === "pending" || after.state === "rejected" ? after.state : "approved";
}

/** Back to the Connect page in this tab, or this window closes by itself. */
function ended(state) {
  show(endCard(state));
  const back = returnTo();
  if (back) setTimeout(() => window.location.assign(back), 900);
  else if (state === "approved") setTimeout(() => window.close(), 900);
}

/** Only a path of this very site is followed. */
function returnTo() {
  const asked = query.get("return_to");
  if (!asked) return null;
  const target = new URL(asked, window.location.origin);
  return target.origin === window.location.origin ? target.href : null;
}

function endCard(state) {
  const [mark, tone] = {
    approved: ["check", ""],
    rejected: ["close", "bad"],
    pending: ["clock", "warn"],
    gone: ["alert", "warn"],
  }[state];
  return (say) => {
    const [title, text] = say(`end.${state}`).split("|");
    const back = returnTo() ?? page.request.redirectUri;
    return [
      h("span", { class: `verdict ${tone}` }, icon(mark)),
      h("header", { role: "status" }, h("h1", {}, title), h("p", { class: "lead" }, text)),
      back
        ? h("a", { class: "button wide", href: back }, say("end.back"))
        : h(
            "button",
            { class: "button plain wide", type: "button", onclick: () => window.close() },
            say("end.close"),
          ),
    ];
  };
}

start();
