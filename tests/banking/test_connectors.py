"""The vendor's list of institutions, mirrored."""

from typing import Any

import msgspec
import pytest
from tests.simulator import Simulator

from financehub.banking import connectors
from financehub.banking.models import Connector
from financehub.providers.pluggy.shapes import connectors as shapes
from financehub.providers.pluggy.shapes.base import decode_record

pytestmark = pytest.mark.django_db


def connector(**fields: Any) -> shapes.Connector:
    return decode_record(shapes.Connector, msgspec.json.encode({"id": 201, "name": "Itau", **fields}))


def test_the_whole_list_is_mirrored_and_again_changes_its_size_not(simulator: Simulator) -> None:
    count = connectors.refresh_connectors()
    assert count > 150
    assert connectors.refresh_connectors() == count == Connector.objects.count()
    assert Connector.objects.get(id=2)["name"] == "Pluggy Bank"


def test_a_connector_that_changed_is_overwritten() -> None:
    connectors.mirror([connector(isOpenFinance=False)])
    connectors.mirror([connector(name="Itau 2", isOpenFinance=True, hasMFA=True)])
    row = Connector.objects.get()
    assert (row.name, row.is_open_finance, row.has_mfa) == ("Itau 2", True, True)


def test_what_the_vendor_leaves_out_gets_a_plain_value() -> None:
    connectors.mirror([connector(type=None, credentials=None, products=None)])
    row = Connector.objects.get()
    assert (row.type, row.credentials, row.products, row.health_status) == ("", [], [], "ONLINE")


def test_of_the_form_only_names_labels_and_types_are_kept() -> None:
    field = {"name": "user", "label": "CPF", "type": "number", "validation": "^[0-9]{11}$"}
    connectors.mirror([connector(credentials=[field])])
    assert Connector.objects.get().credentials == [{"name": "user", "label": "CPF", "type": "number"}]


def test_the_health_of_one_institution_follows_the_vendor(simulator: Simulator) -> None:
    connectors.mirror_health(2)
    assert Connector.objects.get(id=2).health_status == "ONLINE"
    simulator.control("/connectors/2", status="OFFLINE")
    connectors.mirror_health(2)
    assert Connector.objects.get().health_status == "OFFLINE"
