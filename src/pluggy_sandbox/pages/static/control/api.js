/* The control plane's JSON addresses. */

/** Calls `/_control/{path}`; throws Error with the simulator's own words. */
export async function call(method, path, body) {
  const response = await fetch(`/_control/${path}`, {
    method,
    cache: "no-store",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(answer?.message ?? `HTTP ${response.status}`);
  return answer;
}
