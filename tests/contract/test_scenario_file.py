"""The scenario of the README, given on the command line, is a customer one can connect."""

import re
from pathlib import Path

import pluggy_sdk as sdk
from tests.contract.official import OfficialClient
from tests.simulator import start

README = Path(__file__).parents[2] / "src/pluggy_sandbox/scenarios/README.md"


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(name: my-shop\n.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    file = tmp_path / "my-shop.yaml"
    file.write_text(example[1], encoding="utf-8")
    process, simulator = start("--frozen", "--scenario", str(file))
    try:
        keys = sdk.AuthRequest(client_id=simulator.client_id, client_secret=simulator.client_secret)
        client = OfficialClient(
            simulator.url, sdk.AuthApi(OfficialClient(simulator.url)).auth_create(keys).api_key
        )
        login = sdk.CreateItemParameters({"user": "user-ok-shop", "password": "password-ok"})
        item = sdk.ItemsApi(client).items_create(sdk.CreateItem(connector_id=2, parameters=login))
        simulator.advance(10)
        accounts = sdk.AccountApi(client).accounts_list(str(item.id)).results
        rows = sdk.TransactionApi(client).transactions_list_by_cursor(str(accounts[0].id)).results
    finally:
        process.terminate()
        process.wait(timeout=10)
    assert [(account.name, account.owner) for account in accounts] == [
        ("Conta PJ", "Quitanda da Praça Ltda"),
        ("Cartão", "Quitanda da Praça Ltda"),
    ]
    assert {row.description for row in rows} >= {"Vendas", "Aplicação automática", "Pagamento fatura cartão"}
