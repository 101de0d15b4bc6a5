// The page around the official widget: a token, the dialog, and the id it brings back, which our server checks.
import { PluggyConnect } from "../vendor/pluggy-connect/pluggy-connect.js";
import { post } from "./http.js";
import { onEvent } from "./live.js";

const place = document.getElementById("connect");
const button = place.querySelector("[data-connect]");
const reported = new Map(); // the vendor's item id -> the promise of our answer
let widget = null;
let isOpening = false;

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
      onSuccess: ({ item }) => finish(item.id),
      onError: ({ data }) => data?.item && report(data.item.id),
      onEvent: ({ item }) => item?.id && report(item.id),
      onClose: leave,
      onHide: leave,
    });
    await widget.init();
    say("");
  } catch (error) {
    say("refused", error.message);
  } finally {
    isOpening = false;
    button.removeAttribute("aria-disabled");
  }
}

// As early as the widget knows the Item, so that closing the tab loses nothing.
function report(itemId) {
  if (!reported.has(itemId)) {
    reported.set(
      itemId,
      post("/api/pluggy/callback", { itemId }).catch((error) => {
        reported.delete(itemId);
        throw error;
      }),
    );
    reported.get(itemId).catch(() => {});
  }
  return reported.get(itemId);
}

async function finish(itemId) {
  try {
    await report(itemId);
    location.assign(place.dataset.next);
  } catch (error) {
    await close();
    say(error.code === "item_parked" ? "parked" : "refused", error.message);
  }
}

function leave() {
  widget = null;
  if (reported.size > 0) location.assign(place.dataset.next);
  else say("closed");
}

async function close() {
  await widget?.destroy();
  widget = null;
}

// The callback never came but the provider's notice did: the dialog is gone, so move on.
onEvent((event) => {
  if (event.topic === "item" && widget === null && reported.size > 0) location.assign(place.dataset.next);
});

button.addEventListener("click", open);
open();
