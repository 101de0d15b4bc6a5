"""What a handler reads of its notices: ids, each once, and whose rows came back."""

from types import SimpleNamespace
from uuid import uuid4

from tests.webhooks.stripe_knocks import stripe_body

from financehub.webhooks.handlers import stripe_reading
from financehub.webhooks.handlers.stripe_reading import NOBODYS
from financehub.webhooks.sources.stripe import read


def notice(**about):
    return read(stripe_body("invoice.paid", data={"object": about}))


def test_names_each_id_once_in_order():
    notices = [notice(id="in_2"), notice(id="in_1"), notice(id="in_2"), notice(id=7)]
    assert stripe_reading.ids(notices) == ["in_2", "in_1"]


def test_reads_nothing_of_an_event_without_an_object():
    assert stripe_reading.about(read(stripe_body("invoice.paid", data={}))) == {}


def test_acts_once_on_each_and_names_the_company():
    company, seen = uuid4(), []

    def act(one):
        seen.append(one)
        return SimpleNamespace(company_id=company) if one == "in_1" else None

    assert stripe_reading.each([notice(id="in_1"), notice(id="in_1")], "id", act).company_id == company
    assert seen == ["in_1"]
    assert stripe_reading.each([notice(id="in_2")], "id", act) == NOBODYS


def test_one_answer_goes_under_every_name():
    table = stripe_reading.rows("Test", lambda _: NOBODYS, "e", "t", "a: x y", "b: z")
    assert sorted(table) == ["a.x", "a.y", "b.z"]
