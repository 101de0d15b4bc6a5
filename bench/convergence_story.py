"""A month at two banks, told by the simulator: days pass, rows change, connectors falter, payments move."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

PASSWORD = "password-ok"
DAYS = 30
DAY_SECONDS = 86_400
DELETED_ON = 20
KNOWN_DAYS = 80  # younger rows are within every window of ours
ALIAS = UUID("0f0e0d0c-0b0a-4909-8807-060504030201")
# The last Item is deleted on the way and has no news before: what is gone at the vendor cannot be read again.
LOGINS = ((2, "user-ok"), (201, "user-ok"), (2, "user-ok-two-checking-accounts"))
MUTATIONS = ("amount", "description", "late", "backdated", "delete", "rekey", "category")
SEED = 20_261_126
Event = dict[str, Any]


@dataclass(frozen=True)
class World:
    """One running simulator."""

    url: str
    client_id: str
    client_secret: str


@dataclass
class Story:
    """The simulator's side: what happens each day, and the events that Pluggy sends about it."""

    simulator: World
    length: int = DAYS
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    items: list[str] = field(default_factory=list)
    _http: httpx.Client = field(init=False)
    _told: int = 0

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.simulator.url, timeout=60)
        login = {"clientId": self.simulator.client_id, "clientSecret": self.simulator.client_secret}
        self._http.headers["X-API-KEY"] = self._http.post("/auth", json=login).json()["apiKey"]
        # Nobody listens there: the harness itself reads the log of deliveries and brings them.
        answer = self._http.post("/webhooks", json={"event": "all", "url": "http://127.0.0.1:9/events"})
        answer.raise_for_status()
        self._control("PATCH", "/switches", {"itemsList": True, "rateLimits": False, "webhookLoss": 1})

    def connect_all(self) -> None:
        """One Item at each bank, executed."""
        self._login()
        for connector, user in LOGINS:
            body = {
                "connectorId": connector,
                "parameters": {"user": user, "password": PASSWORD},
                "clientUserId": str(ALIAS),
            }
            item = self._http.post("/items", json=body)
            item.raise_for_status()
            self.items.append(item.json()["id"])
            self._control("POST", "/clock", {"seconds": 10})

    def days(self) -> Iterator[list[Event]]:
        """The events of each day, once everything of that day has happened at the vendor."""
        yield self._news()
        for day in range(1, self.length + 1):
            self._pass(day)
            yield self._news()

    def _pass(self, day: int) -> None:
        self._control("POST", "/clock", {"seconds": DAY_SECONDS})
        if day == min(DELETED_ON, self.length - 1):
            self._login()
            self._http.delete(f"/items/{self.items[-1]}").raise_for_status()
        item = self.items[day % 2]
        for _ in range(self.dice.randrange(4)):
            self._mutate(item)
        self._error(item, day)
        self._control("POST", f"/items/{item}/auto-sync", {})
        self._control("POST", "/clock", {"seconds": 10})
        self._connectors_and_payments(day)
        self._control("POST", "/clock", {"seconds": 10})

    def _mutate(self, item: str) -> None:
        self._login()
        accounts = self._http.get("/accounts", params={"itemId": item}).json()["results"]
        account = self.dice.choice(sorted(row["id"] for row in accounts))
        body = {"kind": self.dice.choice(MUTATIONS), "accountId": account, "when": "next"}
        self._http.post(
            f"/_control/items/{item}/mutations", json=body
        )  # one that finds no row changes nothing

    def _error(self, item: str, day: int) -> None:
        plan = {"error": "SITE_NOT_AVAILABLE"} if day % 9 == 4 else {}
        self._control("PUT", f"/items/{item}/plan", plan)

    def _connectors_and_payments(self, day: int) -> None:
        status = (
            ("ONLINE", "UNSTABLE", "OFFLINE")[self.dice.randrange(3)] if day < self.length - 1 else "ONLINE"
        )
        self._control("POST", f"/connectors/{LOGINS[0][0]}", {"status": status})
        payment = UUID(int=day // 3 + 1)
        deed = ("created", "waiting_payer_authorization", "completed")[day % 3]
        body = {"event": f"payment_intent/{deed}", "paymentIntentId": str(payment)}
        self._control("POST", "/events", {**body, "eventId": str(UUID(int=10_000 + day))})

    def truth(self, since: str) -> list[str]:
        """The ids of all rows that Pluggy has now, from the day `since` on."""
        self._login()
        rows: list[str] = []
        for item in self.items[:-1]:
            for account in self._http.get("/accounts", params={"itemId": item}).json()["results"]:
                rows += self._rows_of(account["id"], since)
        return sorted(rows)

    def _rows_of(self, account: str, since: str) -> list[str]:
        rows, following = [], f"/v2/transactions?accountId={account}&dateFrom={since}"
        while following:
            page = self._http.get(following).json()
            rows += [row["id"] for row in page["results"]]
            following = f"/v2/transactions{page['next']}" if page["next"] else ""
        return rows

    def _news(self) -> list[Event]:
        """Payloads of deliveries made since the last look, each event once."""
        log = self._http.get("/_control/deliveries").json()
        fresh, self._told = log[self._told :], len(log)
        return [row["payload"] for row in fresh]

    def _login(self) -> None:
        login = {"clientId": self.simulator.client_id, "clientSecret": self.simulator.client_secret}
        self._http.headers["X-API-KEY"] = self._http.post("/auth", json=login).json()["apiKey"]

    def _control(self, method: str, path: str, body: object) -> None:
        answer = self._http.request(method, f"/_control{path}", json=body)
        if answer.status_code >= 400:
            raise SystemExit(f"bench: {method} {path}: {answer.status_code} {answer.text[:200]}")
