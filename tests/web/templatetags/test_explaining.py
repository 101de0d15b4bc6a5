"""The words of causes and evidence in templates."""

from django.template import Context, Template
from django.utils.translation import override


def test_filters_say_titles_steps_and_evidence() -> None:
    template = Template(
        "{% load explaining %}{{ 'manual_row'|cause_title }}|{{ 'pending'|cause_step }}|"
        "{{ 'written_by_hand'|hint_words }}"
    )
    with override("en"):
        said = template.render(Context())
    assert said == (
        "Row written by hand|It closes by itself when the bank posts the row, usually within 3 days.|"
        "written by a person"
    )


def test_limits_are_named_and_found_by_their_connection() -> None:
    template = Template(
        "{% load explaining %}{{ 'identity'|quota_words }}|{{ lines|of_item:1 }}|{{ lines|of_item:2 }}"
    )
    with override("en"):
        assert template.render(Context({"lines": {1: "a"}})) == "Identity|a|()"
