"""/ajuda: what there is, in one message."""

from financehub.bot import saying, texts
from financehub.bot.replies import Answer, Said
from financehub.providers.telegram.keyboards import Button


def answer(said: Said) -> Answer:
    """Every command, and which company this is about."""
    return Answer.of(f"{texts.HELP_TITLE}\n{commands()}\n\n{_company(said)}", _buttons())


def press(said: Said) -> Answer:
    """The button that asks for it."""
    return answer(said)


def explain(said: Said, why: object) -> Answer:
    """The same with a sentence before it: for words that nobody understands."""
    return Answer.of(f"{why}\n\n{commands()}\n\n{_company(said)}", _buttons())


def commands() -> str:
    """A line for each command."""
    return "\n".join(f"/{name} \N{EM DASH} {words}" for name, words in texts.MENU.items())


def _company(said: Said) -> str:
    return str(texts.HELP_END).format(company=saying.esc(said.company.name))


def _buttons() -> list[list[Button]]:
    first = ("saldo", "extrato"), ("fatura", "minhas_contas")
    return [[Button(f"/{name}", data=f"{name}:") for name in row] for row in first]
