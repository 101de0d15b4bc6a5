// The provider has not confirmed yet: look again until the server sends us on to the Item.
const LOOK_MS = 2500;

async function look() {
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (response.redirected) location.assign(response.url);
  else setTimeout(look, LOOK_MS);
}

setTimeout(look, LOOK_MS);
