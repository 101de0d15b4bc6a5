"""Links in mails that switch one kind off by e-mail without signing in: signed, and good for nothing else."""

from uuid import UUID

from django.conf import settings
from django.core import signing

from financehub.companies.models import User
from financehub.core.errors import NotFound
from financehub.notifications import preferring
from financehub.notifications.kinds import KINDS, Kind
from financehub.notifications.models.deliveries import Channel

SALT = "notifications.unsubscribe"
PAGE = "/avisos/sair"


def link(person: User, kind: str) -> str:
    """The address for this person and kind; it does not run out, as old mails keep their button."""
    token = signing.dumps([str(person.pk), kind], salt=SALT)
    return f"{settings.PUBLIC_URL}{PAGE}/{token}"


def read(token: str) -> tuple[User, Kind]:
    """Whose and which. Raises NotFound for anything that we did not sign."""
    try:
        person_id, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound("There is no such link") from None
    person = User.objects.filter(pk=UUID(person_id)).first()
    if person is None or kind not in KINDS:
        raise NotFound("There is no such link")
    return person, KINDS[kind]


def unsubscribe(token: str, *, is_on: bool = False) -> tuple[User, Kind]:
    """Switch it off by e-mail (or on again). Raises NotFound."""
    person, kind = read(token)
    preferring.prefer(person=person, kind=kind.name, channel=Channel.EMAIL, is_on=is_on)
    return person, kind
