"""Words for what a plan does not allow; `{limit}`, `{current}` and `{plan}` are filled in."""

from financehub.core.words import Words

PLANS = {
    "trial": Words("Teste", "Trial"),
    "starter": Words("Starter", "Starter"),
    "professional": Words("Professional", "Professional"),
    "enterprise": Words("Enterprise", "Enterprise"),
    "self_hosted": Words("Própria (sem limites)", "Self-hosted (no limits)"),
    "read_only": Words("Sem plano", "No plan"),
}
REFUSED = {
    "bank_account": Words(
        "Seu plano sincroniza {limit} contas de bancos, e você pediu mais.",
        "Your plan syncs {limit} bank accounts, and you asked for more.",
    ),
    "transaction": Words(
        "Este lançamento passou dos {limit} do seu plano neste período ({current} até agora). Ele está guardado, entra "
        "nos saldos e fica visível com um plano maior ou no próximo período.",
        "This row is beyond the {limit} of your plan in this period ({current} so far). It is kept, counts in "
        "balances, and becomes visible with a larger plan or in the next period.",
    ),
    "member": Words(
        "Seu plano permite {limit} pessoas, contando convites abertos, e todas as vagas estão ocupadas.",
        "Your plan allows {limit} people, open invitations included, and every place is taken.",
    ),
    "api_key": Words(
        "Seu plano permite {limit} chaves de API, e todas estão em uso.",
        "Your plan allows {limit} API keys, and all are in use.",
    ),
    "connect": Words("Seu plano não conecta bancos.", "Your plan connects no banks."),
    "sync": Words(
        "Sem plano, os bancos não são lidos. O que já veio continua aqui para ler e exportar.",
        "Without a plan banks are not read. What came is still here to read and export.",
    ),
    "insights": Words("Seu plano não inclui análises.", "Your plan has no insights."),
    "advanced_insights": Words(
        "Seu plano não inclui análises avançadas.", "Your plan has no advanced insights."
    ),
    "pix": Words("Seu plano não inclui pagamentos por PIX.", "Your plan has no PIX payments."),
}
NO_PLAN = Words(
    "A empresa está sem plano: tudo continua para ler e exportar, e nada novo entra.",
    "The company has no plan: everything can be read and exported, and nothing new comes in.",
)
SUGGESTED = Words("O plano {plan} permite.", "The {plan} plan allows it.")
CHOSEN = Words(
    "Contas escolhidas. As que entraram agora trazem o histórico inteiro.",
    "Accounts chosen. Those that are new bring their whole history.",
)
