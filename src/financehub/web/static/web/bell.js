// The number on the bell follows the event log; where the socket is away it is asked for now and then.
import { onEvent } from "./live.js";

const TOPIC = "notification";
const ASK_MS = 60000;
const bell = document.getElementById("bell");

async function ask() {
  if (document.hidden) return;
  const response = await fetch(bell.dataset.count, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!response.ok || response.redirected) return;
  show((await response.json()).unread);
}

function show(unread) {
  const count = bell.querySelector(".bell-count");
  const number = bell.querySelector(".bell-number");
  number.textContent = unread > 99 ? "99+" : String(unread);
  count.hidden = unread === 0;
}

if (bell) {
  show(Number(bell.querySelector(".bell-number").textContent));
  onEvent((event) => {
    if (event.topic === TOPIC) ask();
  });
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, ASK_MS);
}
