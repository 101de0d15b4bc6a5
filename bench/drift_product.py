"""The product's side of the drift corpus, in a process of its own: each case is synced day by day, then asked."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

from bench import drift_faults  # noqa: E402 - the product needs the app registry first
from bench.drift_bank import Bank, Json  # noqa: E402
from bench.drift_cases import Case  # noqa: E402
from financehub.audit.recording import SYSTEM  # noqa: E402
from financehub.banking import connecting, syncing  # noqa: E402
from financehub.banking.balances import checking  # noqa: E402
from financehub.banking.models import Account, GapReport, Item, Sync, Transaction  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.providers.pluggy.client import PluggyClient  # noqa: E402
from financehub.providers.pluggy.limits import Unlimited  # noqa: E402
from financehub.providers.pluggy.settings import ClientSettings  # noqa: E402


def live(case: Case, source: Json) -> Company:
    """Let the product read the bank at every step; the company whose bank it was."""
    bank = Bank(case.ledger, source)
    client = PluggyClient(
        client_id="drift",
        client_secret="drift",
        base_url="http://bank.invalid",
        limiter=Unlimited(),
        settings=ClientSettings(transport=bank),
    )
    company = Company.objects.create(name="Drift")
    item = connecting.link(company=company, user=None, snapshot=client.fetch_item(bank.item_id), by=SYSTEM)
    for number, moment in enumerate(case.ledger.steps):
        bank.at = moment
        _sync(item, client)
        _write_by_hand(case, number, item)
    return company


def _sync(item: Item, client: PluggyClient) -> None:
    at = clock.now()
    sync = Sync.objects.create(
        company_id=item.company_id, item=item, trigger="timer", due_at=at, requested_at=at
    )
    syncing.run_sync(sync_id=sync.pk, vendor=client)
    sync.refresh_from_db()
    if sync.status != Sync.Status.SUCCEEDED:
        raise SystemExit(f"bench: a sync ended {sync.status} {sync.error_code}")


def _write_by_hand(case: Case, step: int, item: Item) -> None:
    account = Account.objects.of(item.company_id).get(item=item)
    moment = case.ledger.steps[step]
    for manual in case.manual:
        if manual.step == step:
            Transaction.objects.create(
                company_id=item.company_id,
                account=account,
                source=Transaction.Source.MANUAL,
                type="DEBIT" if manual.cents < 0 else "CREDIT",
                status=Transaction.Status.POSTED,
                amount_cents=manual.cents,
                currency=account.currency,
                date=clock.bank_day(moment),
                occurred_at=moment,
                description=manual.description,
                created_at=clock.now(),
            )
            checking.check(account)


def run(order: Json) -> dict[str, Any]:
    """Every case of the corpus, each with dice of its own; what was found against what was done."""
    now = datetime.now(UTC).replace(microsecond=0)
    sources = json.loads(Path(order["sources"]).read_text())
    verdicts = []
    for causes in drift_faults.all_causes():
        for number in range(order["cases"]):
            case = drift_faults.faulty(_dice(order, *causes, number), sources, causes, now)
            company = live(case, sources[0]["connector"])
            report = GapReport.objects.of(company).open().first()
            verdicts.append({"number": number, **_verdict(case, report)})
    alarms = []
    for number in range(order["clean"]):
        case = drift_faults.quiet(_dice(order, number), sources, now)
        reports = GapReport.objects.of(live(case, sources[0]["connector"]))
        alarms += [{"number": number, "quiet": case.quiet, **_verdict(case, report)} for report in reports]
    return {"verdicts": verdicts, "clean": order["clean"], "alarms": alarms}


def _dice(order: Json, *of: object) -> Random:
    return Random("|".join(map(str, (order["seed"], *of))))


def _verdict(case: Case, report: GapReport | None) -> dict[str, Any]:
    return {
        "causes": sorted(case.causes),
        "found": sorted(set(report.causes)) if report else [],
        "effect": case.effect,
        "gap": report.gap_cents if report else 0,
        "hints": [part["hint"] for part in report.parts] if report else [],
        "column": case.ledger.with_column,
        "card": case.ledger.is_card,
    }


if __name__ == "__main__":
    print(json.dumps(run(json.loads(sys.argv[1]))))
