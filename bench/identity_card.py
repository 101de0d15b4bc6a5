"""A year of a credit card whose bank re-keys every row when a bill closes: what the vendor shows, and the truth.

Only the bench knows the truth. At each closing the rows of the cycle vanish and come back under unrelated ids,
with new `createdAt` and `order`, posted, in a bill: a tenth with another amount, three tenths with other words,
parcelas moved to their cycle. Some rows really vanish, some really are new.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from financehub.core.clock import SAO_PAULO

Json = dict[str, Any]

MONTHS, PURCHASES, TWINS = 12, 70, 6
CHANGED_AMOUNT, REWRITTEN, REALLY_GONE, LATE = 0.10, 0.30, 0.01, 2
SHOPS = (
    "PADARIA PAO QUENTE|PQ PANIFICADORA LTDA",
    "MERCADO BOM PRECO|COMERCIAL BP ALIMENTOS",
    "UBER TRIP|UBR* PENDING.UBER",
    "POSTO IPIRANGA CENTRO|AUTO POSTO CENTRAL",
    "FARMACIA SAO JOAO|SJ DROGARIA",
    "LIVRARIA CULTURA|LC COMERCIO LIVROS",
    "RESTAURANTE SABOR|SABOR E ARTE REFEICOES",
    "IFOOD IFD|IFD*RESTAURANTES",
    "AMAZON BR|AMZN MKTP BR",
    "CINEMARK|CMK BRASIL",
    "PET SHOP AMIGO|AMIGO ANIMAL ME",
    "LOJAS RENNER|RENNER SA FL 12",
    "MAGALU|MAGAZINE LUIZA S A",
    "DECATHLON|IGUASPORT LTDA",
    "ACADEMIA FIT|SMARTFIT ESCOLA DANCA",
    "HAMBURGUERIA DO ZE|JS LANCHES",
    "CAFE DA ESQUINA|MARIA A SOUZA ME",
    "ESTACIONAMENTO PARK|ESTAPAR ADM",
    "LAVANDERIA 5ASEC|QUINTA SEC LAV",
    "SACOLAO VERDE|HORTIFRUTI V LTDA",
)
SUBSCRIPTIONS = (("NETFLIX.COM", 5590), ("SPOTIFY", 2190), ("ICLOUD", 1290), ("GLOBOPLAY", 2490))
COFFEE = ("CAFE DA ESQUINA", "MARIA A SOUZA ME", 850)


@dataclass
class Row:
    """One real purchase: what it is called now, and all the ids it has had."""

    shop: str
    legal: str
    cents: int
    day: date
    bought: date
    mcc: int
    installment: tuple[int, int] | None = None
    ids: list[str] = field(default_factory=list)
    text: str = ""
    status: str = "PENDING"
    bill: str | None = None
    created: datetime | None = None
    order: int = 0

    @property
    def looks(self) -> tuple[object, ...]:
        """What is equal in equal rows."""
        return self.day, self.cents, self.text, self.installment


@dataclass
class Card:
    """The ledger of one card account, month after month."""

    account_id: str
    seed: int
    start: date
    is_bare: bool = False
    rows: list[Row] = field(default_factory=list)
    cancelled: list[Row] = field(default_factory=list)
    _plans: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)

    def spend(self, month: int) -> None:
        """The purchases of one month appear, pending."""
        first = self.start + timedelta(days=28 * month)
        for _ in range(PURCHASES):
            self._buy(first + timedelta(days=self.rng.randrange(28)))
        for name, cents in SUBSCRIPTIONS:
            self._add(Row(name, f"{name} ASSINATURA DIGITAL", cents, first + timedelta(days=5), first, 4899))
        for day in self.rng.sample(range(26), 8):
            self._add(Row(COFFEE[0], COFFEE[1], COFFEE[2], first + timedelta(days=day), first, 5814))
        for _ in range(TWINS // 2):
            twin = self._buy(first + timedelta(days=self.rng.randrange(28)))
            self._add(Row(twin.shop, twin.legal, twin.cents, twin.day, twin.bought, twin.mcc))
        self._go_on_paying(first)

    def close(self, month: int) -> None:
        """The bill closes: every row of the cycle comes back as another."""
        for row in self.pending:
            if self.rng.random() < REALLY_GONE:
                self.rows.remove(row)
                self.cancelled.append(row)
                continue
            self._rekey(row, f"bill-{month}")
        for _ in range(LATE):
            late = self._buy(self.start + timedelta(days=28 * month + self.rng.randrange(28)))
            late.status, late.bill = "POSTED", f"bill-{month}"

    @property
    def pending(self) -> list[Row]:
        """The rows of the open cycle."""
        return [row for row in self.rows if row.status == "PENDING"]

    def equal(self) -> list[Row]:
        """Pending rows that another pending row equals."""
        counts = Counter(row.looks for row in self.pending)
        return [row for row in self.pending if counts[row.looks] > 1]

    def _buy(self, day: date) -> Row:
        shop, legal = self.rng.choice(SHOPS).split("|")
        cents = self.rng.choice((0, 0, 0, 500)) + self.rng.randrange(500, 30000)
        if self.rng.random() < 0.15:
            cents = self.rng.choice((1000, 2000, 5000, 10000))
        row = Row(shop, legal, cents, day, day, 5000 + sum(map(ord, shop)) % 900)
        if self.rng.random() < 0.08:
            row.installment = (1, self.rng.randrange(2, 11))
            self._plans.append(row)
        return self._add(row)

    def _go_on_paying(self, first: date) -> None:
        for plan in list(self._plans):
            number, total = plan.installment or (1, 1)
            months = (first - plan.bought).days // 28 + 1
            if 0 < months < total:
                day = plan.bought + timedelta(days=28 * months)
                self._add(
                    Row(
                        plan.shop,
                        plan.legal,
                        plan.cents,
                        day,
                        plan.bought,
                        plan.mcc,
                        (number + months, total),
                    )
                )

    def _add(self, row: Row) -> Row:
        if row.installment is None:
            row.bought = row.day
        row.text = row.text or row.shop
        self._name(row)
        self.rows.append(row)
        return row

    def _name(self, row: Row) -> None:
        row.ids.append(str(UUID(int=self.rng.getrandbits(128), version=4)))
        row.created = datetime.combine(row.day, time(self.rng.randrange(23)), tzinfo=SAO_PAULO)
        row.order = self.rng.randrange(1000)

    def _rekey(self, row: Row, bill: str) -> None:
        if self.rng.random() < CHANGED_AMOUNT:
            row.cents += max(1, int(row.cents * self.rng.uniform(0.005, 0.12))) * self.rng.choice((-1, 1))
        if self.rng.random() < REWRITTEN:
            row.text = self.rng.choice(
                (row.legal, f"PAG*{row.shop.replace(' ', '')}", f"{row.shop} SAO PAULO BRA")
            )
        if row.installment:
            row.day += timedelta(days=self.rng.randrange(-8, 20))
        elif self.rng.random() < 0.02:
            row.day += timedelta(days=self.rng.choice((-2, -1, 1, 2)))
        row.status, row.bill = "POSTED", bill
        self._name(row)

    def payload(self, row: Row) -> Json:
        """The row as the vendor shows it."""
        number, total = row.installment or (None, None)
        is_bare = self.is_bare and row.installment is None
        moment = datetime.combine(row.day, time(3), tzinfo=SAO_PAULO).isoformat()
        return {
            "id": row.ids[-1], "accountId": self.account_id, "description": row.text, "descriptionRaw": None,
            "currencyCode": "BRL", "amount": Decimal(row.cents) / 100, "date": moment, "type": "DEBIT",
            "status": row.status, "order": row.order, "createdAt": str(row.created), "updatedAt": str(row.created),
            "creditCardMetadata": {
                "installmentNumber": number, "totalInstallments": total, "cardNumber": "4321", "billId": row.bill,
                "purchaseDate": None if is_bare else f"{row.bought}T00:00:00.000Z",
                "payeeMCC": None if is_bare else row.mcc,
            },
        }  # fmt: skip
