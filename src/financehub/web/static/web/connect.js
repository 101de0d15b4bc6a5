// The page around the official widget: a token, the dialog, and the id it brings back, which our server checks.
import { PluggyConnect } from "../vendor/pluggy-connect/pluggy-connect.js";
import { post, Refused } from "./http.js";
import { onEvent } from "./live.js";

const place = document.getElementById("connect");
const button = place.querySelector("[data-connect]");
const reported = new Map(); // the vendor's item id -> the promise of our answer
let widget = null;
let isOpening = false;
let hasOpened = false;

function say(name, message = "") {
  for (const line of place.querySelectorAll("[data-says]")) {
    line.hidden = line.dataset.says !== name;
    const words = line.querySelector("[data-message]");
    if (words) words.textContent = ` ${message}`;
  }
}

async function open() {
  if (isOpening) return;
  isOpening = true;
  button.setAttribute("aria-disabled", "true");
  say("opening");
  try {
    const itemId = place.dataset.item;
    const { accessToken } = await post("/api/pluggy/connect-token", itemId ? { itemId } : {});
    widget = new PluggyConnect({
      connectToken: accessToken,
      url: place.dataset.origin,
      includeSandbox: "sandbox" in place.dataset,
      language: place.dataset.language,
      theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
      ...(itemId ? { updateItem: itemId } : {}),
      ...chosen(place.dataset),
      onSuccess: ({ item }) => void finish(item.id),
      onError: ({ data }) => mention(data?.item),
      onEvent: ({ item }) => mention(item),
      onClose: leave,
      onHide: leave,
    });
    hasOpened = true;
    await widget.init();
    say("");
  } catch (error) {
    say("refused", error.message);
  } finally {
    isOpening = false;
    button.removeAttribute("aria-disabled");
  }
}

// What was chosen before this page, in a chat: the institution, and the document that its form asks for.
function chosen({ connector, document: number }) {
  return {
    ...(connector ? { selectedConnectorId: Number(connector) } : {}),
    ...(number ? { openFinanceParameters: { [number.length === 14 ? "cnpj" : "cpf"]: number } } : {}),
  };
}

// As early as the widget knows the Item, so that closing the tab loses nothing. A failure may be tried again.
function report(itemId) {
  if (!reported.has(itemId)) {
    const answer = post("/api/pluggy/callback", { itemId });
    reported.set(itemId, answer);
    answer.catch(() => reported.delete(itemId));
  }
  return reported.get(itemId);
}

function mention(item) {
  if (item?.id) report(item.id).catch(() => {}); // `finish` and `leave` say what became of it
}

async function finish(itemId) {
  try {
    await report(itemId);
    location.assign(place.dataset.next);
  } catch (error) {
    if (!(error instanceof Refused)) {
      location.assign(place.dataset.next); // our server was not reached: the provider's notice will do
      return;
    }
    await widget?.destroy();
    widget = null;
    say(error.code === "item_parked" ? "parked" : "refused", error.message);
  }
}

function leave() {
  widget = null;
  if (reported.size > 0) {
    location.assign(place.dataset.next);
    return;
  }
  say("closed");
  look();
}

// The callback may never have come: our server knows the Item when the provider has told it.
async function look() {
  const response = await fetch(place.dataset.next, { credentials: "same-origin" });
  if (response.redirected) location.assign(response.url);
}

onEvent((event) => {
  if (event.topic === "item" && widget === null && hasOpened) look();
});

button.addEventListener("click", open);
open();
