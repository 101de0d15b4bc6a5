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
REASONS = {
    "no such Item here": Words("essa conexão não existe aqui", "no such connection here"),
    "no such Connector": Words("essa instituição não existe", "no such institution"),
    "names nothing": Words("não diz de que se trata", "names nothing"),
    "unknown type": Words("tipo desconhecido", "unknown type"),
    "kept only": Words("só guardado, nada depende dele", "kept only, nothing follows from it"),
    "billing does not answer this yet": Words(
        "a cobrança não usa este tipo", "billing does not use this type"
    ),
    "nobody's here": Words("não é de ninguém daqui", "nobody's here"),
    "nothing is sold here": Words("nada é vendido aqui", "nothing is sold here"),
    "a tenant we do not know": Words("de um dono que não conhecemos", "of an owner we do not know"),
    "a customer we do not know": Words("de um cliente que não conhecemos", "of a customer we do not know"),
    "over the rate limit of its type": Words(
        "muitos deste tipo: espera a vez", "many of its type: waits its turn"
    ),
    "another clientId": Words("de outra aplicação da Pluggy", "of another application at Pluggy"),
    "another account": Words("de outra conta da Stripe", "of another Stripe account"),
    "another API version": Words("de outra versão da API", "of another API version"),
    "live event in test mode": Words("evento real no modo de teste", "live event in test mode"),
    "test event in live mode": Words("evento de teste no modo real", "test event in live mode"),
    "older than Stripe keeps events": Words("mais velho que 30 dias", "older than 30 days"),
    "the worker ended without an outcome": Words(
        "o processo terminou sem resultado, várias vezes",
        "the worker ended without an outcome, several times",
    ),
}
LAYERS = {
    "method": Words("método", "method"),
    "content_type": Words("tipo de conteúdo", "content type"),
    "size": Words("tamanho", "size"),
    "door": Words("porta fechada", "shut door"),
    "address": Words("endereço de origem", "source address"),
    "authenticity": Words("autenticidade", "authenticity"),
    "timestamp": Words("horário da assinatura", "time of the signature"),
    "structure": Words("estrutura", "structure"),
    "replay": Words("repetição", "repetition"),
    "type": Words("tipo desconhecido", "unknown type"),
    "rate": Words("limite por minuto", "limit per minute"),
    "content": Words("conteúdo inesperado", "unexpected content"),
}
REFUSED_BY = Words("Recusado por", "Refused by")
SET_ASIDE_BY = Words("Posto de lado por", "Set aside by")
QUEUED = Words("Na fila de novo.", "Queued again.")
QUEUED_MANY = Words("{} na fila de novo.", "{} queued again.")
WAITS_ALREADY = Words("Este evento já está na fila.", "This event is waiting already.")


def status_of(key: str) -> str:
    """A state in the language of the page."""
    return str(STATUSES.get(key, key))


def reason_of(told: str) -> str:
    """Why an event stands as it does; what a vendor or a bug said stays as it is."""
    return str(REASONS.get(told, told))


def layer_of(key: str) -> str:
    """A layer of the door in the language of the page."""
    return str(LAYERS.get(key, key))
