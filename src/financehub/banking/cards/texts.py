"""How a card's bill stands, in words, for pages and chats alike."""

from financehub.core.words import Words

BILL_STATES = {
    "future": Words("futura", "future"),
    "open": Words("aberta", "open"),
    "closed": Words("fechada, a pagar", "closed, to be paid"),
    "paid": Words("paga", "paid"),
    "overpaid": Words("paga a mais", "overpaid"),
    "partly_paid": Words("paga em parte", "partly paid"),
    "overdue": Words("em atraso", "overdue"),
    "carried": Words("levada à seguinte", "carried over"),
    "unknown": Words("sem notícia de pagamento", "no word of a payment"),
}
