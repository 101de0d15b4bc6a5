// The review queue by keyboard: J and K walk, a digit or N presses that button of the question in focus, U undoes.
const questions = () => [...document.querySelectorAll("[data-question]")];

const current = () => document.activeElement.closest("[data-question]");

function walk(step) {
  const all = questions();
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const key = event.key.toLowerCase();
  if (key === "j") walk(1);
  else if (key === "k") walk(-1);
  else if (key === "u") document.querySelector("[data-undo]")?.click();
  else if (/^[1-9n]$/.test(key)) (current() ?? questions()[0])?.querySelector(`[data-key="${key}"]`)?.click();
  else return;
  event.preventDefault();
});

if (location.hash === "" && document.activeElement === document.body) questions()[0]?.focus({ preventScroll: true });
