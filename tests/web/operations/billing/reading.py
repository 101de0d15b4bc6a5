"""Reading a page of the staff."""

import html

from django.test import Client

SUBSCRIPTIONS, CASES, DISPUTES = "/operacao/assinaturas", "/operacao/cobrancas", "/operacao/contestacoes"


def text_of(browser: Client, address: str, **query: str) -> str:
    """What the page says, its spaces plain."""
    answer = browser.get(address, query)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def told(browser: Client, address: str, **form: object) -> str:
    """What the page after a click says."""
    answer = browser.post(address, form, follow=True)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
