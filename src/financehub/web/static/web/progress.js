// One connection on its way: the countdown of a question, and one new try by itself when time ran out.
const TICK_MS = 500;
const startedAgain = new Set();
let longest = new Map(); // deadline -> seconds it had when first seen

function tick() {
  const place = document.querySelector("[data-deadline]");
  if (!place) return;
  const deadline = place.dataset.deadline;
  const left = Math.max(0, Math.round((new Date(deadline) - Date.now()) / 1000));
  if (!longest.has(deadline)) longest = new Map([[deadline, Math.max(left, 1)]]);
  const meter = place.querySelector("progress");
  meter.max = longest.get(deadline);
  meter.value = left;
  place.querySelector("[data-left]").hidden = left === 0;
  place.querySelector("[data-over]").hidden = left > 0;
  place.querySelector("[data-seconds]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function startAgain() {
  const form = document.querySelector("form[data-again]");
  if (!form || document.hidden || startedAgain.has(form.action)) return;
  startedAgain.add(form.action);
  form.requestSubmit();
}

function look() {
  tick();
  startAgain();
}

setInterval(tick, TICK_MS);
document.addEventListener("live:replaced", look);
document.addEventListener("visibilitychange", look);
look();
