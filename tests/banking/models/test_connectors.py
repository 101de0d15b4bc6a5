"""What kind of institution it is decides how far back to read and whether it may be asked to refresh."""

import pytest

from financehub.banking.models import Connector


@pytest.mark.parametrize(
    ("fields", "days"), [({"is_open_finance": True}, 365), ({"is_sandbox": True}, 365), ({}, 90)]
)
def test_the_first_sync_reads_a_year_or_a_quarter(fields: dict[str, bool], days: int) -> None:
    assert Connector(id=201, **fields).first_sync_days == days


def test_meu_pluggy_refreshes_by_itself() -> None:
    assert not Connector(id=Connector.MEU_PLUGGY).can_be_refreshed
    assert Connector(id=201).can_be_refreshed


def test_programs_read_it_by_key_as_pluggys_json() -> None:
    connector = Connector(id=201, name="Itau", type="PERSONAL_BANK", country="BR")
    assert (connector["id"], connector["name"], connector["country"]) == (201, "Itau", "BR")
    with pytest.raises(KeyError):
        connector["credentials"]
