/* The story of one connection: choose, consent, sign in, wait with the person, and say how it ended. */

import { Refused } from "./api.js";
import { loginScreen } from "./login.js";
import { failureScreen, refusalWord, successScreen } from "./outcome.js";
import { institutionsScreen, welcomeScreen } from "./start.js";
import { h, tile } from "../dom.js";
import { actionScreen, loginIsOver, mfaScreen, progressScreen } from "./waiting.js";

const POLL_MS = 700;
const RUNNING = new Set(["UPDATING", "MERGING", "WAITING_USER_INPUT", "WAITING_USER_ACTION"]);

export class Journey {
  constructor(shell, session, api) {
    Object.assign(this, {
      shell,
      session,
      api,
      item: null,
      connector: null,
      sent: null,
      connectors: [],
      values: {},
      skew: 0,
      run: 0,
    });
    this.filter = { query: "", kind: "ALL" };
    this.updating = session.updateItem !== null;
  }

  now() {
    return Date.now() + this.skew;
  }

  async start() {
    if (!this.session.connectToken) return this.fail("NO_TOKEN");
    try {
      const { now, connectors } = await this.api.session(this.session.includeSandbox);
      this.skew = Date.parse(now) - Date.now();
      this.connectors = this.offered(connectors);
      const known = this.session.resumeItem ?? this.session.updateItem;
      if (known) return await this.enter(await this.api.item(known));
    } catch (error) {
      return this.refuse(error);
    }
    return this.welcome();
  }

  offered(connectors) {
    const { connectorIds, connectorTypes, countries, sortAlphabetically } = this.session;
    const allowed = connectors.filter(
      (connector) =>
        (!connectorIds || connectorIds.includes(connector.id)) &&
        (!connectorTypes || connectorTypes.includes(connector.type)) &&
        (!countries || countries.includes(connector.country)),
    );
    return sortAlphabetically ? allowed.sort((one, two) => one.name.localeCompare(two.name, "pt")) : allowed;
  }

  /** Comes in with an Item that exists already: to update it, or back from the bank. */
  enter(item) {
    this.item = item;
    this.connector = item.connector;
    if (RUNNING.has(item.status) || this.session.resumeItem) return this.follow();
    const needsPerson =
      this.session.forceAskForCredentials ||
      item.status === "LOGIN_ERROR" ||
      this.connector.credentials.some((credential) => credential.mfa);
    return needsPerson ? this.login() : this.offerUpdate();
  }

  welcome() {
    this.shell.show((say) =>
      welcomeScreen({
        say,
        proceed: () => {
          this.session.happened("SUBMITTED_CONSENT");
          const selected = this.connectors.find(
            (connector) => connector.id === this.session.selectedConnectorId,
          );
          return selected ? this.choose(selected) : this.institutions();
        },
      }),
    );
  }

  institutions() {
    Object.assign(this, { item: null, connector: null, values: {} });
    this.shell.show(
      (say) =>
        institutionsScreen({
          say,
          connectors: this.connectors,
          filter: this.filter,
          choose: (connector) => this.choose(connector),
        }),
      { back: () => this.welcome() },
    );
  }

  choose(connector) {
    this.connector = connector;
    const { cpf, cnpj } = this.session.openFinanceParameters;
    this.values = connector.isOpenFinance ? { ...(cpf && { cpf }), ...(cnpj && { cnpj }) } : {};
    this.session.happened("SELECTED_INSTITUTION", { connector });
    this.login();
  }

  login() {
    const back = this.updating
      ? null
      : () => {
          this.session.happened("SELECTED_INSTITUTION", { connector: null });
          this.institutions();
        };
    delete this.values.password;
    this.shell.show(
      (say) =>
        loginScreen({
          say,
          connector: this.connector,
          values: this.values,
          updating: this.updating,
          submit: (parameters) => this.submit(parameters),
        }),
      { back },
    );
  }

  offerUpdate() {
    this.shell.show((say) => ({
      middle: true,
      body: [
        h("div", { class: "seal" }, tile(this.connector, "big")),
        h(
          "header",
          {},
          h("h1", {}, say("update.title", { bank: this.connector.name })),
          h("p", { class: "lead" }, say("update.lead")),
        ),
      ],
      actions: [
        h(
          "button",
          { class: "button wide", type: "button", onclick: () => this.submit(null) },
          say("update.submit"),
        ),
        h("button", { class: "link", type: "button", onclick: () => this.login() }, say("update.other")),
      ],
    }));
  }

  /** Sends the credentials (null: those the Item has); answers messages by field when the API refuses some. */
  async submit(parameters) {
    this.session.happened("SUBMITTED_LOGIN");
    this.sent = parameters;
    try {
      this.item = this.item
        ? await this.api.updateItem(this.item.id, parameters)
        : await this.api.createItem(this.connector.id, parameters, this.session.products);
    } catch (error) {
      const wrong = fieldErrors(error);
      if (wrong) return wrong;
      return this.refuse(error);
    }
    this.session.happened("LOGIN_SUCCESS", { item: this.item });
    this.follow();
    return null;
  }

  async answerMfa(answers) {
    this.session.happened("SUBMITTED_MFA");
    try {
      this.item = await this.api.sendMfa(this.item.id, answers);
    } catch (error) {
      const wrong = fieldErrors(error);
      if (wrong) return Object.values(wrong)[0];
      this.run += 1;
      return this.refuse(error);
    }
    this.session.happened("LOGIN_MFA_SUCCESS", { item: this.item });
    this.follow();
    return null;
  }

  /** Looks at the Item until it ends, and shows what it needs on the way. */
  async follow() {
    const run = ++this.run;
    let shown = null;
    let loggedIn = false;
    let answered = true;
    while (run === this.run) {
      const moment = momentOf(this.item);
      if (moment !== shown) this.showMoment(moment);
      else if (answered) this.shell.screen.update?.(this.item);
      shown = moment;
      if (!loggedIn && this.item.status === "UPDATING" && loginIsOver(this.item.executionStatus)) {
        loggedIn = true;
        this.session.happened("LOGIN_STEP_COMPLETED", { item: this.item });
      }
      if (moment === "ended") return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      if (run === this.run) answered = await this.look();
    }
  }

  /** Reads the Item again; false when nobody answered, which a later look may mend. */
  async look() {
    const run = this.run;
    try {
      const item = await this.api.item(this.item.id);
      if (run !== this.run) return false;
      this.item = item;
      this.session.happened("ITEM_RESPONSE", { item });
      return true;
    } catch (error) {
      if (run !== this.run) return false;
      const passing = !(error instanceof Refused) || error.status === 429 || error.status >= 500;
      if (passing) this.shell.screen.struggle?.();
      else {
        this.run += 1;
        this.refuse(error);
      }
      return false;
    }
  }

  showMoment(moment) {
    const [kind] = moment.split(" ");
    if (kind === "ended") return this.item.status === "UPDATED" ? this.succeed() : this.failWithItem();
    if (kind === "pending") return this.failWithItem();
    const common = (say) => ({ say, connector: this.connector, now: () => this.now() });
    const draws = {
      progress: (say) => {
        const screen = progressScreen({
          say,
          connector: this.connector,
          updating: this.updating,
          hide: this.session.hidden,
        });
        screen.update(this.item);
        return screen;
      },
      mfa: (say) =>
        mfaScreen({
          ...common(say),
          parameter: this.item.parameter,
          submit: (answers) => this.answerMfa(answers),
        }),
      action: (say) =>
        actionScreen({
          ...common(say),
          action: this.item.userAction,
          open: (url) => this.openBank(url),
          play: () => this.api.act(this.item.id),
        }),
    };
    return this.shell.show(draws[kind]);
  }

  /** A window of its own for the bank; alone on a phone without windows, the same tab and back. */
  openBank(url) {
    const opened = window.open(url, "pluggy-sandbox-bank", "width=460,height=760");
    if (opened || this.session.inWidget) return;
    const back = new URL(window.location.href);
    back.searchParams.set("resume", this.item.id);
    const bank = new URL(url);
    bank.searchParams.set("return_to", back.pathname + back.search);
    window.location.assign(bank);
  }

  async succeed() {
    const run = this.run;
    const accounts = await this.api.accounts(this.item.id).then(
      (page) => page.results,
      () => [],
    );
    if (run !== this.run) return;
    const finish = this.session.inWidget || this.item.oauthRedirectUri ? () => this.leave() : null;
    const again = this.session.inWidget || this.updating ? null : () => this.institutions();
    this.shell.show((say) =>
      successScreen({
        say,
        connector: this.connector,
        item: this.item,
        accounts,
        updating: this.updating,
        finish,
        again,
      }),
    );
    this.session.succeeded(this.item);
  }

  failWithItem() {
    const { error, executionStatus } = this.item;
    this.fail(error?.code ?? executionStatus, { providerMessage: error?.providerMessage });
    this.session.failed(error?.message ?? executionStatus, this.item);
  }

  refuse(error) {
    const word = error instanceof Refused ? refusalWord(error) : "UNEXPECTED_ERROR";
    const until =
      error instanceof Refused ? clockTime(error.body.data?.canRetryAfterDate, this.shell.language) : null;
    this.fail(word, { until });
    this.session.failed(error.message, this.item);
    return null;
  }

  fail(word, { providerMessage = null, until = null } = {}) {
    const edit = this.connector ? () => this.login() : null;
    const retry = this.connector ? () => this.retry() : null;
    const other =
      this.connector && !this.updating && this.connectors.length > 1
        ? () => {
            this.run += 1;
            this.institutions();
          }
        : null;
    const close = this.session.inWidget || this.item?.oauthRedirectUri ? () => this.leave() : null;
    this.shell.show((say) =>
      failureScreen({
        say,
        word,
        connector: this.connector,
        providerMessage,
        until,
        retry,
        edit,
        other,
        close,
      }),
    );
  }

  /** Starts a new run: with nothing when the stored credentials will do, else with those typed here, else by asking. */
  retry() {
    const oneStep = this.connector.credentials.some((credential) => credential.mfa);
    if (!this.item || oneStep) return this.login();
    if (this.item.status !== "LOGIN_ERROR" || this.connector.isOpenFinance) return this.submit(null);
    return this.sent ? this.submit(this.sent) : this.login();
  }

  /** Closes the widget, or goes back to where the client asked; asks first while the bank is working. */
  async leave() {
    const working = this.item && RUNNING.has(this.item.status);
    if (working && !(await this.shell.confirmLeave())) return;
    this.run += 1;
    if (this.session.inWidget) return this.session.closed();
    if (!this.item?.oauthRedirectUri) return;
    const target = new URL(this.item.oauthRedirectUri);
    target.searchParams.set("itemId", this.item.id);
    if (this.item.error) target.searchParams.set("error", this.item.error.code);
    window.location.assign(target);
  }
}

/** Which screen the Item asks for; a changed question is a changed word. */
function momentOf(item) {
  if (item.status === "WAITING_USER_INPUT" && item.parameter)
    return `mfa ${item.parameter.name} ${item.parameter.expiresAt}`;
  if (item.status === "WAITING_USER_ACTION" && item.userAction) return `action ${item.userAction.expiresAt}`;
  if (RUNNING.has(item.status)) return "progress";
  return item.executionStatus === "USER_AUTHORIZATION_PENDING" ? "pending" : "ended";
}

function fieldErrors(error) {
  if (!(error instanceof Refused)) return null;
  const details = error.body.details ?? error.body.errors ?? [];
  return details.length > 0 && details.every((detail) => detail.parameter)
    ? Object.fromEntries(details.map((detail) => [detail.parameter, detail.message]))
    : null;
}

function clockTime(moment, language) {
  return moment
    ? new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment))
    : null;
}
