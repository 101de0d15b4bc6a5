"""`events`: coverage with counters, as a table, as JSON, as the document."""

import json

import pytest
from django.core.management import call_command
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.webhooks.documenting import document

pytestmark = pytest.mark.django_db


def test_json_has_every_event_with_its_effect_and_counters(capsys):
    make_event(body("item/updated"), status="handled")
    call_command("events", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (len(told["pluggy"]), len(told["stripe"])) == (31, 99)
    row = next(row for row in told["pluggy"] if row["event"] == "item/updated")
    assert (row["received"], row["handled"], row["failed"]) == (1, 1, 0)
    assert row["effect"]


def test_markdown_is_the_document(capsys):
    call_command("events", "--markdown")
    assert capsys.readouterr().out == document()


def test_the_table_names_them_all(capsys):
    call_command("events")
    assert len(capsys.readouterr().out.splitlines()) == 130
