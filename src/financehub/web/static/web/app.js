// Small manners for every page: menus close by themselves, dialogs open from buttons, filters apply at once.
import { follow } from "./live.js";
import "./bell.js";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.who[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-applies]")) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  for (const field of form.querySelectorAll("[data-drop-empty]")) {
    if (!field.value) field.disabled = true;
  }
  if (form.method !== "post") return;
  for (const button of form.querySelectorAll("button:not([value])")) {
    button.setAttribute("aria-disabled", "true");
  }
});

follow();
