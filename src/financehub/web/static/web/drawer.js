// A transaction opens beside the list. Without this script the same link is a page of its own.
const drawer = document.createElement("dialog");
drawer.className = "drawer";
document.body.append(drawer);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-drawer-link]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const response = await fetch(link.href, { credentials: "same-origin" });
  if (!response.ok || response.redirected) {
    location.assign(link.href);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const sheet = page.getElementById("transaction");
  drawer.setAttribute("aria-label", sheet.querySelector("h1").textContent);
  drawer.replaceChildren(sheet);
  drawer.showModal();
});

drawer.addEventListener("click", (event) => {
  if (event.target.closest("[data-closes]")) event.preventDefault();
  if (event.target === drawer) drawer.close(); // the backdrop
});
