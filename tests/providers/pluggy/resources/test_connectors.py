"""Connectors over HTTP."""

from tests.providers.pluggy.stub import Answer

BANK = {"id": 201, "name": "Banco", "country": "BR", "health": {"status": "ONLINE", "stage": None}}


class TestListConnectors:
    def test_asks_in_lower_case_and_reads_all(self, stub, client):
        stub.on("GET /connectors", Answer({"results": [BANK]}))
        connectors = client.list_connectors(country="BR", sandbox=True, types=["PERSONAL_BANK", "OTHER"])
        assert [(one["name"], one["id"], one.health.status) for one in connectors] == [
            ("Banco", 201, "ONLINE")
        ]
        assert stub.calls("GET /connectors")[0].query == {
            "countries": ["BR"],
            "sandbox": ["true"],
            "types": ["PERSONAL_BANK,OTHER"],
        }


class TestFetchConnector:
    def test_reads_one_with_health_details(self, stub, client):
        stub.on("GET /connectors/201", Answer(BANK))
        assert client.fetch_connector(201, health_details=True).name == "Banco"
        assert stub.calls("GET /connectors/201")[0].query == {"healthDetails": ["true"]}


class TestValidateConnector:
    def test_gives_the_errors_of_the_form(self, stub, client):
        error = {"code": "001", "message": "no match", "parameter": "user"}
        stub.on("POST /connectors/201/validate", Answer({"parameters": {"user": "x"}, "errors": [error]}))
        assert client.validate_connector(201, {"user": "x"}).errors[0].parameter == "user"
        assert stub.calls("POST /connectors/201/validate")[0].json() == {"user": "x"}
