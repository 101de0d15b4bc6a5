"""Monograms stand in for logos."""

from xml.etree import ElementTree as ET

import pytest

from pluggy_sandbox.catalogue import connectors, logo_svg
from pluggy_sandbox.catalogue.logos import UnknownConnector, monogram


def test_every_connector_has_a_well_formed_logo() -> None:
    for row in connectors():
        root = ET.fromstring(logo_svg(row["id"]))
        assert root.find("{*}title").text == row["name"]
        assert root.find("{*}rect").get("fill") == f"#{row['primaryColor']}"
        assert 1 <= len(root.find("{*}text").text) <= 2


def test_monograms() -> None:
    assert [monogram(name) for name in ("Banco do Brasil", "Mercado Pago", "Itaú", "99Pay")] == [
        "B",
        "MP",
        "I",
        "9",
    ]


def test_an_unknown_connector_has_none() -> None:
    with pytest.raises(UnknownConnector):
        logo_svg(-1)
