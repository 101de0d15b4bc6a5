"""Does a balance explain its own gaps: `script/bench drift --json [--cases N] [--clean N] [--seed N]`.

Accounts of the simulator are lived through day by day by the product's own sync, with faults put into what the feed
shows or into what the balance holds: each of the six named causes, and each pair of them; and quiet accounts, in
which no gap may ever be reported. The product never sees what was done; `unknown` counts as wrong.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

from bench import databases
from bench.sync import EXECUTION_SECONDS, Vendor, simulator

CASES, CLEAN = 20, 200
PRODUCT = "bench.drift_product"
LOGINS = (
    (2, "user-ok"), (2, "user-ok-two-checking-accounts"), (2, "user-ok-phone"), (2, "user-ok-multi-company"),
    (201, "user-ok"), (206, "user-ok"), (203, "user-ok"), (212, "user-ok"), (11, "user-ok"),
)  # fmt: skip
LEAST_ROWS = 40


def sources(vendor: Vendor) -> list[dict[str, Any]]:
    """Accounts with their rows, as the simulator shows them."""
    found: list[dict[str, Any]] = []
    with httpx.Client(base_url=vendor.url, timeout=60) as http:
        login = {"clientId": vendor.client_id, "clientSecret": vendor.client_secret}
        http.headers["X-API-KEY"] = http.post("/auth", json=login).json()["apiKey"]
        for connector, user in LOGINS:
            parameters = {"user": user, "password": "password-ok"}
            made = http.post("/items", json={"connectorId": connector, "parameters": parameters})
            if made.status_code >= 300:
                continue
            http.post("/_control/clock", json={"seconds": EXECUTION_SECONDS})
            item = http.get(f"/items/{made.json()['id']}").json()
            for account in http.get("/accounts", params={"itemId": item["id"]}).json()["results"]:
                rows = _rows(http, account["id"])
                if len(rows) >= LEAST_ROWS:
                    found.append({"account": account, "rows": rows, "connector": item["connector"]})
    return found


def _rows(http: httpx.Client, account_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    following = f"/v2/transactions?accountId={account_id}"
    while following:
        page = http.get(following).json()
        rows += page["results"]
        following = f"/v2/transactions{page['next']}" if page["next"] else ""
    return rows


def summary(told: dict[str, Any]) -> dict[str, Any]:
    """The figures that are promised."""
    verdicts = told["verdicts"]
    return {
        "cases": len(verdicts),
        "cause_right": _share(verdicts, lambda verdict: verdict["found"] == verdict["causes"]),
        "recall_by_cause": {
            cause: _share(
                [verdict for verdict in verdicts if cause in verdict["causes"]],
                lambda verdict, cause=cause: cause in verdict["found"],
            )
            for cause in sorted({cause for verdict in verdicts for cause in verdict["causes"]})
        },
        "silent": sum(not verdict["found"] for verdict in verdicts),
        "clean": told["clean"],
        "false_alarms": len({alarm["number"] for alarm in told["alarms"]}),
    }


def _share(verdicts: list[dict[str, Any]], holds: Any) -> float:
    return round(sum(map(holds, verdicts)) / len(verdicts), 3) if verdicts else 1.0


def main() -> None:
    """Make the corpus, let the product live through it, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="print the figures only, not the cases that went wrong"
    )
    parser.add_argument("--cases", type=int, default=CASES, help="of each cause and of each pair")
    parser.add_argument("--clean", type=int, default=CLEAN)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fh-drift-") as name, simulator() as vendor:
        directory = Path(name)
        accounts = directory / "accounts.json"
        accounts.write_text(json.dumps(sources(vendor)))
        order = {
            "sources": str(accounts),
            "cases": options.cases,
            "clean": options.clean,
            "seed": options.seed,
        }
        with databases.sqlite(directory)() as database:
            told = database.run(PRODUCT, order)
    if not options.json:
        for verdict in told["verdicts"]:
            if verdict["found"] != verdict["causes"]:
                print(json.dumps(verdict))
        for alarm in told["alarms"]:
            print(json.dumps(alarm))
    print(json.dumps(summary(told), indent=None if options.json else 2))


if __name__ == "__main__":
    main()
