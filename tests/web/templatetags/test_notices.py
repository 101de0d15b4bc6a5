"""The bell counts for whoever is signed in; sentences take their values."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from financehub.core.words import Words
from financehub.notifications.telling import tell
from financehub.web.templatetags.notices import bell, filled


def test_the_bell_counts_what_is_unread(bakery, ana):
    tell(bakery, "salary_in", key="1", to=[ana])
    request = RequestFactory().get("/")
    request.user = ana
    assert bell({"request": request})["unread"] == 1
    request.user = AnonymousUser()
    assert bell({"request": request})["unread"] == 0


def test_a_sentence_with_its_values():
    assert filled(Words("{} de {}", "{} of {}"), 1, 2) == "1 de 2"
