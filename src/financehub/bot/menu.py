"""Which commands there are, under their Portuguese names and under English ones."""

from financehub.bot import texts

ALIASES = {
    "connect": "conectar_banco",
    "accounts": "minhas_contas",
    "balance": "saldo",
    "statement": "extrato",
    "bill": "fatura",
    "sync": "sincronizar",
    "disconnect": "desconectar_banco",
    "company": "empresa",
    "mute": "silenciar",
    "language": "idioma",
    "unlink": "desvincular",
    "cancel": "cancelar",
    "help": "ajuda",
}
COMMANDS = {"start", *texts.MENU, *ALIASES}
TAKE_WORDS = {"extrato", "conectar_banco"}


def canonical(name: str) -> str:
    """The Portuguese name of a command, whichever was typed; empty when there is no such command."""
    name = ALIASES.get(name.lower(), name.lower())
    return name if name in COMMANDS else ""


def meant(text: str) -> tuple[str, str]:
    """(command, the rest) of words that name one without its slash: `saldo`, `Minhas contas?`, `extrato mercado`."""
    words = text.split()
    for count in (2, 1):
        name, rest = canonical("_".join(words[:count]).rstrip("?!.")), " ".join(words[count:])
        if name and name != "start" and (not rest or name in TAKE_WORDS):
            return name, rest
    return "", ""


def listed(*, english: bool) -> list[tuple[str, str]]:
    """What Telegram's own menu shows: names and what they do."""
    return [(name, words.en if english else words.pt) for name, words in texts.MENU.items()]
