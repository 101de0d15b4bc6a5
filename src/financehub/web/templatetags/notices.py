"""Template tags of notifications: the number on the bell, sentences with values in them."""

from typing import TypedDict

from django import template
from django.http import HttpRequest

from financehub.companies.models import User
from financehub.core.words import Words
from financehub.notifications import reading
from financehub.web.notifications import texts

register = template.Library()


class Bell(TypedDict):
    """What the bell of the header shows."""

    unread: int
    title: Words
    unread_title: Words


@register.inclusion_tag("web/notifications/_bell.html", takes_context=True)
def bell(context: dict[str, HttpRequest]) -> Bell:
    """The link to the tray with the number of unread notifications of whoever is signed in."""
    person = context["request"].user
    unread = reading.unread_count(person) if isinstance(person, User) else 0
    return {"unread": unread, "title": texts.TRAY["title"], "unread_title": texts.TRAY["unread"]}


@register.simple_tag
def filled(words: Words, *values: object) -> str:
    """A sentence with its values in place."""
    return str(words).format(*values)
