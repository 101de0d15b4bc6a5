"""Taking one of a plan's places: counted and taken by one at a time, so that nobody takes the same place twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.companies.models import Company


@contextmanager
def place_for(company: Company, deed: Deed, count: Callable[[Company], int]) -> Iterator[None]:
    """What the block does takes the place, and is undone with the transaction. Raises LimitReached."""
    with transaction.atomic():
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        entitlements.require(company, deed, current=count(company))
        yield
