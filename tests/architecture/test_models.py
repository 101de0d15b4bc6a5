"""Every table of ours names its rows by their key, and no table sorts by itself."""

import inspect

import pytest
from django.apps import apps
from django.db.models import Model

OURS = [model for model in apps.get_models() if model.__module__.startswith("financehub.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_row_is_named_by_its_key(model: type[Model]) -> None:
    assert model.__str__ is not Model.__str__
    text = inspect.getsource(model.__str__)
    assert "pk" in text or str(model._meta.pk and model._meta.pk.name) in text


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_order_is_implied(model: type[Model]) -> None:
    assert list(model._meta.ordering) == []
