// Shows what was pushed and opens its page; it keeps nothing and answers no request.
const FALLBACK = { title: "Finance Hub", body: "", url: "/avisos" };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = { ...FALLBACK, ...read(event) };
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      lang: told.lang,
      icon: "/static/web/favicon.svg",
      data: { url: told.url },
    }),
  );
});

function read(event) {
  try {
    return event.data ? event.data.json() : {};
  } catch {
    return {};
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, self.location.origin)));
});

async function open(url) {
  if (url.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).origin === url.origin);
  if (page) {
    await page.focus();
    await page.navigate(url.href);
    return;
  }
  await self.clients.openWindow(url.href);
}
