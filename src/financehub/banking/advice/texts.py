"""Words for every code of banking.problems (the bank's own stand beside them), and for how a card's bill stands."""

from financehub.core.words import NOTHING, Advice, Words

CALM = Advice(NOTHING, NOTHING)
ADVICE = {
    "INVALID_CREDENTIALS": Advice(
        Words("O banco não aceitou o acesso.", "The bank did not accept the sign-in."),
        Words("Reconecte e confira usuário e senha.", "Reconnect and check the user and password."),
    ),
    "INVALID_CREDENTIALS_MFA": Advice(
        Words("O código informado não foi aceito.", "The code was not accepted."),
        Words("Tente de novo com um código novo.", "Try again with a new code."),
    ),
    "ALREADY_LOGGED_IN": Advice(
        Words("Há outra sessão aberta no banco.", "Another session is open at the bank."),
        Words("Saia do aplicativo ou do site do banco e atualize.", "Sign out of the bank and refresh."),
    ),
    "ACCOUNT_LOCKED": Advice(
        Words("O banco bloqueou o acesso à conta.", "The bank has locked this access."),
        Words("Desbloqueie com o banco e depois reconecte.", "Unlock it with the bank, then reconnect."),
    ),
    "ACCOUNT_CREDENTIALS_RESET": Advice(
        Words("O banco pede uma senha nova.", "The bank asks for a new password."),
        Words("Troque a senha no banco e depois reconecte.", "Change it at the bank, then reconnect."),
    ),
    "ACCOUNT_NEEDS_ACTION": Advice(
        Words("O banco espera algo de você.", "The bank is waiting for something from you."),
        Words(
            "Entre no banco, resolva a pendência e atualize.", "Sign in to the bank, settle it, and refresh."
        ),
    ),
    "USER_AUTHORIZATION_PENDING": Advice(
        Words("A autorização ainda está em andamento.", "The authorisation is still under way."),
        Words(
            "Aprove no aplicativo do banco; com mais de um aprovador, espere os outros. Continua sozinho.",
            "Approve it in the bank's app; if others must approve too, wait for them. It goes on by itself.",
        ),
    ),
    "USER_AUTHORIZATION_NOT_GRANTED": Advice(
        Words("A autorização não foi dada.", "The authorisation was not given."),
        Words("Reconecte e autorize o compartilhamento.", "Reconnect and authorise the sharing."),
    ),
    "USER_AUTHORIZATION_REVOKED": Advice(
        Words("O compartilhamento foi cancelado no banco.", "Sharing was cancelled at the bank."),
        Words(
            "Reconecte para autorizar de novo; o histórico continua aqui.", "Reconnect; history stays here."
        ),
    ),
    "USER_NOT_SUPPORTED": Advice(
        Words("Este tipo de conta não é atendido.", "This kind of account is not supported."),
        Words("Conecte outra conta deste banco.", "Connect another account of this bank."),
    ),
    "USER_INPUT_TIMEOUT": Advice(
        Words("O tempo para responder ao banco acabou.", "Time to answer the bank ran out."),
        Words("Tente de novo quando estiver com o código à mão.", "Try again when the code is at hand."),
    ),
    "SITE_NOT_AVAILABLE": Advice(
        Words("O banco está fora do ar.", "The bank is not available."),
        Words("Vamos tentar de novo sozinhos; você também pode.", "We will try again; so can you."),
    ),
    "CONNECTION_ERROR": Advice(
        Words("A ligação com o banco caiu.", "The link to the bank broke."),
        Words("Vamos tentar de novo sozinhos; você também pode.", "We will try again; so can you."),
    ),
    "UNEXPECTED_ERROR": Advice(
        Words("Algo inesperado aconteceu na leitura do banco.", "Something unexpected happened at the bank."),
        Words("Tente atualizar; se repetir, reconecte.", "Try to refresh; if it repeats, reconnect."),
    ),
    "WAITING_USER_INPUT": Advice(
        Words("O banco pediu uma confirmação.", "The bank asked for a confirmation."),
        Words("Responda para continuar.", "Answer to go on."),
    ),
    "WAITING_USER_ACTION": Advice(
        Words("O banco espera sua autorização.", "The bank is waiting for your authorisation."),
        Words(
            "Autorize no banco; esta tela continua sozinha.", "Authorise at the bank; this goes on by itself."
        ),
    ),
    "PARTIAL_SUCCESS": Advice(
        Words("Nem tudo pôde ser lido.", "Not everything could be read."),
        Words(
            "O que falta será lido na próxima vez; nada foi apagado.",
            "The rest will follow; nothing was erased.",
        ),
    ),
    "CONSENT_EXPIRED": Advice(
        Words("A autorização no banco venceu.", "The authorisation at the bank has expired."),
        Words(
            "Reconecte para renovar; o histórico continua aqui.", "Reconnect to renew; history stays here."
        ),
    ),
    "RATE_LIMIT_EXCEEDED": Advice(
        Words("O limite de consultas do banco foi atingido.", "The bank's limit of reads was reached."),
        Words(
            "Volta a atualizar sozinho; o que já veio continua aqui.",
            "It resumes by itself; data stays here.",
        ),
    ),
    "ITEM_DELETED": Advice(
        Words("Esta conexão não existe mais no provedor.", "The provider no longer has this connection."),
        Words("Conecte de novo para voltar a atualizar.", "Connect again to resume."),
    ),
    "VENDOR_AUTH_FAILED": Advice(
        Words(
            "O provedor não aceitou as chaves desta instalação.",
            "The provider refused this installation's keys.",
        ),
        Words(
            "Quem administra deve conferir as chaves da Pluggy.", "An operator must check the Pluggy keys."
        ),
    ),
    "SYNC_FAILED": Advice(
        Words("Não conseguimos trazer os dados.", "We could not bring the data in."),
        Words("Vamos tentar de novo sozinhos; você também pode.", "We will try again; so can you."),
    ),
    "INSTITUTION_UNAVAILABLE": Advice(
        Words("A instituição está fora do ar.", "The institution is not available."),
        Words("Olhamos de novo em 5 minutos.", "We look again in 5 minutes."),
    ),
    "TIMEOUT": Advice(
        Words("O provedor demorou demais para responder.", "The provider took too long to answer."),
        Words("Vamos tentar de novo em instantes.", "We will try again in a moment."),
    ),
    "NETWORK_ERROR": Advice(
        Words("Não alcançamos o provedor.", "We could not reach the provider."),
        Words("Vamos tentar de novo em instantes.", "We will try again in a moment."),
    ),
    "SERVICE_UNAVAILABLE": Advice(
        Words("O provedor está com problemas.", "The provider is having trouble."),
        Words("Vamos tentar de novo sozinhos.", "We will try again by ourselves."),
    ),
    "VENDOR_GARBLED": Advice(
        Words("O provedor enviou algo que não se pode ler.", "The provider sent something unreadable."),
        Words("Nada disso foi guardado; vamos tentar de novo.", "None of it was kept; we will try again."),
    ),
    "WORKER_DIED": Advice(
        Words("A leitura foi interrompida no meio.", "The read was cut off half-way."),
        Words("O que já veio está certo; leia de novo.", "What came is right; read again."),
    ),
    "PLAN_WITHOUT_SYNC": Advice(
        Words("O plano desta empresa não lê bancos.", "This company's plan reads no banks."),
        Words("Escolha um plano para voltar a atualizar.", "Choose a plan to resume."),
    ),
    "VENDOR_REFUSED": Advice(
        Words("O provedor recusou o pedido.", "The provider refused the request."),
        Words("Quem administra deve olhar o registro.", "An operator must look at the log."),
    ),
    "CLIENT_IP_NOT_ALLOWED": Advice(
        Words("O provedor não aceita o endereço desta instalação.", "The provider refuses this address."),
        Words("Libere o endereço no painel da Pluggy.", "Allow the address in Pluggy's dashboard."),
    ),
    "CLIENT_HAS_ITEM_UPDATES_DISABLED": Advice(
        Words(
            "O plano da Pluggy não permite esta atualização.", "The Pluggy plan does not allow this update."
        ),
        Words("Quem administra deve rever o plano.", "An operator must review the plan."),
    ),
    "ITEM_CREATION_LIMIT_EXCEEDED": Advice(
        Words("O plano da Pluggy não aceita mais conexões.", "The Pluggy plan takes no more connections."),
        Words("Desconecte um banco ou amplie o plano.", "Disconnect a bank or enlarge the plan."),
    ),
    "ITEM_USER_ALREADY_EXISTS": Advice(
        Words("Este acesso já está conectado.", "This sign-in is connected already."),
        Words("Use a conexão que já existe.", "Use the connection that is there."),
    ),
    "ITEM_ORIGINAL_CONNECTED_WITH_DIFFERENT_ACCOUNT": Advice(
        Words("Este acesso é de outra pessoa ou conta.", "This sign-in is another person's or account's."),
        Words("Reconecte com o mesmo acesso de antes.", "Reconnect with the sign-in used before."),
    ),
    "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY": Advice(
        Words("Os dados já são recentes.", "The data is already fresh."),
        Words("O banco só aceita nova leitura mais tarde.", "The bank takes a new read only later."),
    ),
    "ITEM_IS_ALREADY_UPDATING": Advice(
        Words("O banco já está sendo lido.", "The bank is being read already."),
        Words("Espere um instante; continua sozinho.", "Wait a moment; it goes on by itself."),
    ),
    "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES": Advice(
        Words("Muitas tentativas seguidas falharam.", "Too many attempts in a row failed."),
        Words("Espere 15 minutos e reconecte.", "Wait 15 minutes and reconnect."),
    ),
    "TOO_MANY_CONSECUTIVE_ERRORS": Advice(
        Words("O banco falhou muitas vezes seguidas.", "The bank failed many times in a row."),
        Words("Tente de novo mais tarde.", "Try again later."),
    ),
    "ACCT_001": Advice(
        Words("O banco não recebeu permissão para isto.", "The bank was not permitted to share this."),
        Words("Reconecte e marque esta permissão.", "Reconnect and tick this permission."),
    ),
    "ACCT_002": Advice(
        Words(
            "Falta aprovar este item no aplicativo do banco.", "This waits for approval in the bank's app."
        ),
        Words("Aprove no banco; vem na próxima leitura.", "Approve it at the bank; it comes next time."),
    ),
    "ACCT_003": Advice(
        Words("O banco não mostra isto agora.", "The bank does not show this now."),
        Words("Vem na próxima leitura; nada foi apagado.", "It comes next time; nothing was erased."),
    ),
    "ACCT_004": Advice(
        Words("O banco deixou de oferecer isto.", "The bank no longer offers this."),
        Words("Não há o que fazer; o histórico continua aqui.", "Nothing to do; history stays here."),
    ),
    "ACCT_006": Advice(
        Words("São contas demais: o provedor cortou a lista.", "Too many accounts: the list was cut."),
        Words("Conecte as outras por um acesso próprio.", "Connect the others by a sign-in of their own."),
    ),
    "CC_007": Advice(
        Words("O banco não informa o limite deste cartão.", "The bank does not tell this card's limit."),
        Words("O resto do cartão está completo.", "The rest of the card is complete."),
    ),
    "TXN_002": Advice(
        Words("Não há contas de onde ler transações.", "There are no accounts to read from."),
        Words("Nada a fazer.", "Nothing to do."),
    ),
    "INV_003": Advice(
        Words("Este tipo de investimento não é atendido.", "This kind of investment is not supported."),
        Words("Os outros investimentos estão completos.", "The other investments are complete."),
    ),
    "423": Advice(
        Words("O limite mensal do Open Finance acabou.", "The monthly Open Finance limit is spent."),
        Words("Volta no dia 1º; o que já veio continua aqui.", "It returns on the 1st; data stays here."),
    ),
}
SAME = {
    "UNEXPECTED_ERROR": ["MERGE_ERROR", "ERROR", "CREATE_ERROR", "UNKNOWN", "OUTDATED"],
    "INSTITUTION_UNAVAILABLE": ["CONNECTOR_OFFLINE", "BALANCE_CONNECTOR_UNAVAILABLE"],
    "SERVICE_UNAVAILABLE": ["INTERNAL_SERVER_ERROR", "BALANCE_FETCH_ERROR", "CIRCUIT_OPEN"],
    "INVALID_CREDENTIALS": [
        "LOGIN_ERROR",
        "OUTDATED_CREDENTIALS",
        "CONNECTOR_VALIDATION_ERROR",
        "PARAMETERS_NOT_PROVIDED",
        "LAST_EXECUTION_HAD_LOGIN_ERROR",
        "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR",
    ],
    "INVALID_CREDENTIALS_MFA": [
        "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR",
        "ITEM_MFA_ALREADY_PROVIDED",
        "ITEM_MFA_NOT_FOUND",
        "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH",
    ],
    "USER_INPUT_TIMEOUT": ["ITEM_MFA_EXPIRED"],
    "WAITING_USER_INPUT": ["MFA_REQUIRED"],
    "PARTIAL_SUCCESS": ["PRODUCT_NOT_AVAILABLE", "001", "002", "003"],
    "423": ["TXN_003", "TXN_006", "INV_004", "BALANCE_OPEN_FINANCE_RATE_LIMIT"],
    "VENDOR_AUTH_FAILED": ["VENDOR_DENIED", "CLIENT_KEYS_UNAUTHORIZED", "CLIENT_DISABLED"],
    "VENDOR_REFUSED": [
        "VENDOR_GONE",
        "IDS_PARAMETER_EXCEEDS_MAX_LENGTH",
        "BALANCE_INVALID_REQUEST",
        "SCR_INVALID_REQUEST",
        "CATEGORY_RULE_FORBIDDEN",
    ],
    "CLIENT_HAS_ITEM_UPDATES_DISABLED": [
        "CREATE_ITEMS_API_FREE_DISABLED",
        "SANDBOX_CLIENT_ITEM_UPDATE_NOT_ALLOWED",
    ],
    "ITEM_IS_ALREADY_UPDATING": ["ITEM_ALREADY_UPDATING"],
    "TOO_MANY_CONSECUTIVE_ERRORS": ["ITEM_IN_ERROR_COOLDOWN"],
    "ACCT_001": [
        "ACCT_005",
        "CC_001",
        "CC_005",
        "CC_006",
        "TXN_001",
        "TXN_004",
        "INV_001",
        "INV_002",
        "BALANCE_CONSENT_ERROR",
    ],
    "ACCT_002": ["CC_002"],
    "ACCT_003": ["CC_003", "TXN_005"],
    "ACCT_004": ["CC_004"],
    "INV_003": ["INV_005"],
}
ADVICE |= {code: ADVICE[known] for known, codes in SAME.items() for code in codes}
# For pages and chats alike.
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
