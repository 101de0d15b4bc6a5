"""Addresses of the pages; an older spelling is the same view under a second address."""

from django.urls import path, re_path

from financehub.web.language import set_language
from financehub.web.views import accounts, balances, cards, connect, connections, entries, home, transactions

urlpatterns = [
    path("", home.home, name="home"),
    re_path(r"^app/integration/?$", connections.connections),
    re_path(r"^open-finance/?$", connections.connections, name="connections"),
    path("open-finance/<uuid:item_id>/atualizar", connections.refresh, name="connection-refresh"),
    path("open-finance/<uuid:item_id>/sincronizar", connections.sync, name="connection-sync"),
    path("open-finance/<uuid:item_id>/desconectar", connections.disconnect, name="connection-disconnect"),
    path("open-finance/sem-dono/<uuid:parked_id>/aceitar", connections.accept_parked, name="parked-accept"),
    path("open-finance/sem-dono/<uuid:parked_id>/recusar", connections.refuse_parked, name="parked-refuse"),
    re_path(r"^conectar/?$", connect.connect, name="connect"),
    path("conectar/retorno", connect.under_way, name="connect-under-way"),
    path("conectar/<uuid:item_id>", connect.follow, name="connect-progress"),
    path("conectar/<uuid:item_id>/responder", connect.answer, name="connect-answer"),
    path("conectar/<uuid:item_id>/tentar", connect.try_again, name="connect-again"),
    re_path(r"^transacoes/?$", transactions.transactions, name="transactions"),
    path("transacoes/nova", entries.add, name="new-transaction"),
    path("transacoes/<uuid:transaction_id>", transactions.transaction, name="transaction"),
    path("transacoes/<uuid:transaction_id>/editar", transactions.edit, name="transaction-edit"),
    path("transacoes/<uuid:transaction_id>/reescrever", entries.rewrite, name="transaction-rewrite"),
    path("transacoes/<uuid:transaction_id>/apagar", transactions.delete, name="transaction-delete"),
    path("transacoes/<uuid:transaction_id>/restaurar", transactions.restore, name="transaction-restore"),
    re_path(r"^cartoes/?$", cards.cards, name="cards"),
    path("cartoes/<uuid:account_id>", cards.bill, name="bill"),
    path("cartoes/linhas/<uuid:transaction_id>/fatura", cards.move, name="bill-of-row"),
    path("contas/nova", accounts.new_account, name="new-account"),
    path("contas/<uuid:account_id>", accounts.account, name="account"),
    path("contas/<uuid:account_id>/sincronizar", accounts.sync, name="account-sync"),
    path("contas/<uuid:account_id>/arquivar", accounts.archive, name="account-archive"),
    path("contas/<uuid:account_id>/ajustar", balances.adjust, name="account-adjust"),
    path("contas/<uuid:account_id>/desfazer-ajuste", balances.undo, name="account-adjust-undo"),
    path("idioma/", set_language, name="set_language"),
]
