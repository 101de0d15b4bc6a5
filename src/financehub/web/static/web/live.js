// The live screen: listen for numbered events, then read the page again through its normal address.
// The socket carries ids, never data. When it is away, the page looks every five seconds.
import { post } from "./http.js";

const REALTIME = document.querySelector('meta[name="realtime-url"]')?.content;
const REGION = "[data-live]";
const POLL_MS = 5000;
const GATHER_MS = 150;
const seen = new Map(); // region id -> the HTML the server sent last
const listeners = new Set();
let last = null; // number of the last event this page knows
let gathering = null;
let polling = null;
let attempt = 0;
let isStarted = false;

export function onEvent(listener) {
  listeners.add(listener);
  start();
}

export function follow() {
  const regions = document.querySelectorAll(REGION);
  if (!REALTIME || regions.length === 0) return;
  for (const region of regions) seen.set(region.id, fingerprint(region));
  start();
  // What belongs to no company has no event: such a region is looked at again and again.
  if (document.querySelector(`${REGION}[data-looks]`)) setInterval(() => document.hidden || refresh(), POLL_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
}

function start() {
  if (isStarted || !REALTIME) return;
  isStarted = true;
  connect();
}

async function connect() {
  try {
    const { ticket } = await post("/api/realtime/ticket");
    const url = new URL(REALTIME);
    url.searchParams.set("ticket", ticket);
    if (last !== null) url.searchParams.set("after", last);
    const socket = new WebSocket(url);
    socket.addEventListener("open", () => {
      attempt = 0;
      stopPolling();
      if (last === null) soon(); // something may have happened between the page and the socket
    });
    socket.addEventListener("message", (message) => receive(JSON.parse(message.data)));
    socket.addEventListener("close", retry);
  } catch {
    retry();
  }
}

function receive(event) {
  if (typeof event.number === "number") last = Math.max(last ?? 0, event.number);
  if (!event.topic) return;
  for (const listener of listeners) listener(event);
  soon();
}

function retry() {
  startPolling();
  attempt += 1;
  const wait = Math.min(30000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
  setTimeout(connect, wait);
}

function startPolling() {
  polling ??= setInterval(() => document.hidden || refresh(), POLL_MS);
}

function stopPolling() {
  clearInterval(polling);
  polling = null;
}

function soon() {
  gathering ??= setTimeout(() => {
    gathering = null;
    refresh();
  }, GATHER_MS);
}

export async function refresh() {
  if (!document.querySelector(REGION)) return;
  const response = await fetch(location.href, { headers: { "X-Live": "1" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const region of document.querySelectorAll(REGION)) {
    const fresh = page.getElementById(region.id);
    if (fresh) replace(region, fresh);
  }
}

function replace(region, fresh) {
  const print = fingerprint(fresh);
  if (seen.get(region.id) === print || isBusy(region)) return;
  seen.set(region.id, print);
  const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus();
  fresh.dispatchEvent(new CustomEvent("live:replaced", { bubbles: true }));
}

// A person who is typing or deciding keeps what is on the screen; the next event brings the news.
function isBusy(region) {
  if (region.querySelector("dialog[open]")) return true;
  return [...region.querySelectorAll("[data-drawer][open] input, [data-drawer][open] textarea")].some(
    (field) => field.value !== field.defaultValue,
  );
}

function fingerprint(element) {
  const copy = element.cloneNode(true);
  for (const token of copy.querySelectorAll('[name="csrfmiddlewaretoken"]')) token.remove();
  for (const details of copy.querySelectorAll("details[open]")) details.removeAttribute("open");
  return copy.innerHTML.replace(/\s+/g, " ");
}
