/* Where this page is (inside the official widget, or alone) and what its opener asked for. */

import { chooseLanguage } from "../speaker.js";
import { initialize } from "../vendor/pluggy-connect/pluggy-connect.js";

/** Reads `window.xprops` inside the widget, the query string otherwise. */
export function openSession() {
  initialize();
  return window.xprops
    ? widgetSession(window.xprops)
    : pageSession(new URLSearchParams(window.location.search));
}

function widgetSession(props) {
  return {
    inWidget: true,
    connectToken: props.connectToken,
    includeSandbox: props.includeSandbox === true,
    updateItem: props.updateItem ?? null,
    resumeItem: null,
    connectorIds: props.connectorIds ?? null,
    connectorTypes: props.connectorTypes ?? null,
    countries: props.countries ?? null,
    selectedConnectorId: props.selectedConnectorId ?? null,
    products: props.products ?? null,
    openFinanceParameters: props.openFinanceParameters ?? {},
    forceAskForCredentials: props.forceAskForCredentials === true,
    sortAlphabetically: props.connectorSortAlphabetically === true,
    language: chooseLanguage(props.language),
    theme: props.theme ?? null,
    succeeded: (item) => props.onSuccessProp?.({ item }),
    failed: (message, item) => props.onErrorProp?.(item ? { message, data: { item } } : { message }),
    happened: (event, extra) => props.onEventProp?.({ event, timestamp: Date.now(), ...extra }),
    closed: () => props.close(),
    hidden: props.allowConnectInBackground === true ? () => hideWidget(props) : null,
  };
}

async function hideWidget(props) {
  window.parent.postMessage(JSON.stringify({ type: "CONTINUE_IN_BACKGROUND" }), "*");
  await props.hide();
  await props.onHideProp?.();
}

/** A plain page tells what happened the way a webview reads it: `events`, `item_id` and `error` in its own address. */
function pageSession(query) {
  const list = (name) => query.get(name)?.split(",").filter(Boolean) ?? null;
  const tell = (name, value) => {
    const address = new URL(window.location.href);
    address.searchParams.set(name, value);
    window.history.replaceState(null, "", address);
  };
  const events = [];
  return {
    inWidget: false,
    connectToken: query.get("connect_token") ?? "",
    includeSandbox: query.get("with_sandbox") === "true",
    updateItem: query.get("update_item"),
    resumeItem: query.get("resume"),
    connectorIds: list("connector_ids")?.map(Number) ?? null,
    connectorTypes: list("connector_types"),
    countries: list("countries"),
    selectedConnectorId: query.has("selected_connector_id")
      ? Number(query.get("selected_connector_id"))
      : null,
    products: list("products"),
    openFinanceParameters: { cpf: query.get("cpf") ?? undefined, cnpj: query.get("cnpj") ?? undefined },
    forceAskForCredentials: query.get("force_ask_for_credentials") === "true",
    sortAlphabetically: query.get("connector_sort_alphabetically") === "true",
    language: chooseLanguage(query.get("language")),
    theme: query.get("theme"),
    succeeded: (item) => tell("item_id", item.id),
    failed: (message) => tell("error", message),
    happened: (event) => {
      events.push(event);
      tell("events", events.join(","));
    },
    closed: () => null,
    hidden: null,
  };
}
