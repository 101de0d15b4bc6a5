"""Connectors: list them, look at one, check credentials before they are used."""

from collections.abc import Mapping, Sequence

from financehub.providers.pluggy.calls import Call, Value
from financehub.providers.pluggy.paging import Endpoints
from financehub.providers.pluggy.shapes.connectors import Connector, Validation


class ConnectorEndpoints(Endpoints):
    def list_connectors(
        self,
        country: str = "BR",
        *,
        sandbox: bool = False,
        name: str | None = None,
        types: Sequence[str] | None = None,
        is_open_finance: bool | None = None,
        health_details: bool | None = None,
    ) -> list[Connector]:
        """The institutions of a country; the sandbox's own come along only when asked for."""
        query: dict[str, Value] = {
            "countries": [country],
            "sandbox": sandbox,
            "name": name,
            "types": types,
            "isOpenFinance": is_open_finance,
            "healthDetails": health_details,
        }
        return self._fetch_list(Call("GET", "/connectors", query=query), Connector)

    def fetch_connector(self, connector_id: int, *, health_details: bool | None = None) -> Connector:
        query = {"healthDetails": health_details}
        return self._fetch(Call("GET", "/connectors/{id}", {"id": connector_id}, query), Connector)

    def validate_connector(self, connector_id: int, credentials: Mapping[str, str]) -> Validation:
        """What is wrong with the credentials' form; nothing is sent to the institution."""
        call = Call("POST", "/connectors/{id}/validate", {"id": connector_id}, body=dict(credentials))
        return self._exchange.read(call, Validation)
