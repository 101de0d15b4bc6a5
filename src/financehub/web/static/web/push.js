// Subscribing this browser to push: only on a click, because the browser asks the person.
import { post } from "./http.js";

const place = document.getElementById("push");
const button = place.querySelector("button");
const told = place.querySelector("[role=status]");
const isAble = "serviceWorker" in navigator && "PushManager" in window && window.isSecureContext;

function bytes(base64url) {
  const padded = base64url.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (base64url.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      told.textContent = place.dataset.denied;
      return;
    }
    await navigator.serviceWorker.register(place.dataset.worker);
    const worker = await navigator.serviceWorker.ready;
    const subscription = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(place.dataset.key),
    });
    await post(place.dataset.save, subscription.toJSON());
    told.textContent = place.dataset.done;
    button.hidden = true;
    location.reload();
  } catch {
    told.textContent = place.dataset.failed;
  } finally {
    button.disabled = false;
  }
}

if (isAble) {
  button.hidden = false;
  button.addEventListener("click", subscribe);
}
