/* The calls the Connect page makes, every one with the connect token and nothing else. */

/** An answer that is not a success; `body` is the API's error body. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.code = body.codeDescription ?? null;
  }

  /** The token is missing, wrong or older than its 30 minutes. */
  get expired() {
    return this.status === 403 && this.code === null;
  }
}

export class Api {
  constructor(connectToken) {
    this.connectToken = connectToken;
  }

  /** {now, connectors}: the institutions this session may list, and the simulator's own time. */
  session(includeSandbox) {
    return this.call("GET", `/_connect/session?sandbox=${includeSandbox}`);
  }

  item(id) {
    return this.call("GET", `/items/${encodeURIComponent(id)}`);
  }

  createItem(connectorId, parameters, products) {
    return this.call(
      "POST",
      "/items",
      products ? { connectorId, parameters, products } : { connectorId, parameters },
    );
  }

  updateItem(id, parameters) {
    return this.call("PATCH", `/items/${encodeURIComponent(id)}`, parameters ? { parameters } : {});
  }

  sendMfa(id, answers) {
    return this.call("POST", `/items/${encodeURIComponent(id)}/mfa`, answers);
  }

  accounts(itemId) {
    return this.call("GET", `/accounts?itemId=${encodeURIComponent(itemId)}`);
  }

  /** Sandbox only: plays the person who scans the code or approves in the bank's app. */
  act(itemId) {
    return this.call("POST", `/_connect/items/${encodeURIComponent(itemId)}/act`, {});
  }

  async call(method, path, body) {
    const headers = { "X-API-KEY": this.connectToken };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const response = await fetch(path, {
      method,
      headers,
      cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
    return response.json();
  }
}
