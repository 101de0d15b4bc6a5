"""Monthly limits of Open Finance that will not last until the month ends, said once a month for each."""

from financehub.audit.recording import Target
from financehub.banking.quotas import forecasting
from financehub.banking.quotas.forecasting import EndsEarly
from financehub.banking.quotas.regulated import month_of
from financehub.core import clock
from financehub.core.each import for_each
from financehub.notifications import telling


def tell_ending_early() -> int:
    """What the forecast finds; how many connections have such a limit. Raises SomeFailed."""
    return len(for_each(forecasting.ending_early(), _tell))


def _tell(found: EndsEarly) -> None:
    item, line = found.item, found.line
    words: telling.Words = {
        "institution": item.connector.name,
        "product": line.name,
        "left": line.left,
        "limit": line.per_month,
        "day": line.returns_on.strftime("%d/%m/%Y"),
    }
    key = f"{item.pk}:{line.name}:{month_of(clock.now())}"
    telling.tell(item.company, "quota_low", key=key, about=Target("item", item.pk), words=words)
