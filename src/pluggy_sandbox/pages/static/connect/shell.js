/* The frame around every screen: bar, scrolling middle, foot, language switch, keyboard. */

import { h, icon } from "../dom.js";
import { speaker } from "../speaker.js";
import { TEXTS } from "./texts.js";

export class Shell {
  constructor(root, session, { leave }) {
    this.root = root;
    this.session = session;
    this.leave = leave;
    this.language = session.language;
    this.screen = null;
    document.body.classList.toggle("in-widget", session.inWidget);
    if (session.theme === "dark" || session.theme === "light")
      document.documentElement.dataset.theme = session.theme;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.closable || document.querySelector("dialog[open]")) return;
      event.preventDefault(); // the same key press would dismiss the question that `leave` may open
      this.leave();
    });
  }

  get say() {
    return speaker(TEXTS, this.language);
  }

  /** Draws `draw(say)` → {body, actions?, middle?, focus?, stop?, update?}; `back` is a function or null. */
  show(draw, { back = null, closable = this.session.inWidget } = {}) {
    this.last = [draw, { back, closable }];
    this.closable = closable;
    this.screen?.stop?.();
    const say = this.say;
    document.documentElement.lang = this.language === "pt" ? "pt-BR" : "en";
    this.screen = draw(say);
    const middle = h(
      "div",
      { class: `screen ${this.screen.middle ? "middle center" : ""}` },
      ...this.screen.body,
    );
    this.root.replaceChildren(this.bar(say, back, closable), h("main", {}, middle), this.foot(say));
    this.focus(middle);
    return this.screen;
  }

  focus(middle) {
    const heading = middle.querySelector("h1");
    document.title = heading ? `${heading.textContent} · Pluggy Sandbox` : "Pluggy Sandbox";
    if (this.screen.focus) return this.screen.focus.focus();
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  bar(say, back, closable) {
    const round = (name, label, act) =>
      h("button", { class: "round", type: "button", "aria-label": say(label), onclick: act }, icon(name));
    return h(
      "div",
      { class: "bar" },
      back ? round("back", "back", back) : h("span"),
      h("p", { class: "brand" }, icon("shield"), say("brand")),
      closable ? round("close", "close", this.leave) : h("span"),
    );
  }

  foot(say) {
    const language = (code) =>
      h(
        "button",
        {
          type: "button",
          lang: code,
          "aria-pressed": String(code === this.language),
          onclick: () => {
            this.language = code;
            this.show(...this.last);
          },
        },
        code.toUpperCase(),
      );
    return h(
      "footer",
      { class: "foot" },
      h("div", { class: "actions" }, ...(this.screen.actions ?? []).filter(Boolean)),
      h(
        "div",
        { class: "small-print" },
        h("span", {}, say("print")),
        h(
          "div",
          { class: "languages", role: "group", "aria-label": say("language") },
          language("pt"),
          language("en"),
        ),
      ),
    );
  }

  /** Asks before leaving; answers true when the person means it. */
  confirmLeave() {
    const say = this.say;
    return new Promise((resolve) => {
      const answer = (value) => () => {
        dialog.close();
        dialog.remove();
        resolve(value);
      };
      const dialog = h(
        "dialog",
        { "aria-labelledby": "leave-title", oncancel: answer(false) },
        h(
          "div",
          {},
          h("h2", { id: "leave-title" }, say("leave.title")),
          h("p", { class: "lead" }, say("leave.text")),
          h("button", { class: "button", type: "button", onclick: answer(false) }, say("leave.stay")),
          h("button", { class: "button plain", type: "button", onclick: answer(true) }, say("leave.go")),
        ),
      );
      document.body.append(dialog);
      dialog.showModal();
    });
  }
}
