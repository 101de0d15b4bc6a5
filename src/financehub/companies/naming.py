"""A person says what they are called."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.companies.models import User
from financehub.core.errors import Invalid

LONGEST = 120


@transaction.atomic
def rename(*, user: User, name: str, by: Actor) -> User:
    """Give the person this name; the trail says that it changed, never to what. Raises Invalid."""
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST:
        raise Invalid("a name is needed", field="name")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.name != wanted:
        user.name = wanted
        user.save(update_fields=["name"])
        record("person.renamed", by=by, on=Target("user", user.id), company_id=None)
    return user
