"""Words of the events page."""

from financehub.web.texts import Words

STATUSES = {
    "received": Words("Na fila", "Waiting"),
    "processing": Words("Em andamento", "Under way"),
    "handled": Words("Tratado", "Handled"),
    "ignored": Words("Ignorado", "Ignored"),
    "deferred": Words("Adiado", "Deferred"),
    "parked": Words("Esperando decisão", "Waiting for a decision"),
    "failed": Words("Falhou, vai tentar de novo", "Failed, will be tried again"),
    "dead": Words("Falhou de vez", "Failed for good"),
}
TONES = {
    "received": "live",
    "processing": "live",
    "handled": "good",
    "ignored": "",
    "deferred": "wait",
    "parked": "wait",
    "failed": "wait",
    "dead": "bad",
}
QUEUED = Words("Na fila de novo.", "Queued again.")
QUEUED_MANY = Words("{} na fila de novo.", "{} queued again.")
WAITS_ALREADY = Words("Este evento já está na fila.", "This event is waiting already.")


def status_of(key: str) -> str:
    """A state in the language of the page."""
    return str(STATUSES.get(key, key))
