"""Words of the page of tasks: what each is called and does, when it runs, how it went."""

from collections.abc import Sequence

from financehub.core.words import Words
from financehub.timetable.entries import Entry
from financehub.timetable.models import TaskRun
from financehub.timetable.schedules import Every, Schedule

TASKS = {
    "sync-all": ("Perguntar a todos os bancos", "Ask every bank"),
    "sync-full": ("Leitura completa do dia", "Full read of the day"),
    "sync-stale": ("Conexões com falha ou dados velhos", "Failing and stale connections"),
    "consents": ("Consentimentos", "Consents"),
    "months": ("Conferência dos meses", "Check of the months"),
    "quotas": ("Limites do Open Finance", "Open Finance limits"),
    "sweep-banking": ("Retomada das leituras", "Sweep of syncs"),
    "make-words": ("Palavras para a busca", "Words for the search"),
    "clean-banking": ("Limpeza das páginas brutas", "Clean-up of raw pages"),
    "sweep-notifications": ("Retomada dos avisos", "Sweep of notifications"),
    "digests": ("Resumos", "Digests"),
    "bills": ("Avisos de faturas", "Notices about bills"),
    "clean-notifications": ("Limpeza dos avisos", "Clean-up of notifications"),
    "sweep-bot": ("Retomada do bot", "Sweep of the bot"),
    "clean-bot": ("Limpeza do bot", "Clean-up of the bot"),
    "sweep-webhooks": ("Retomada dos eventos", "Sweep of events"),
    "reconcile-webhooks": ("Eventos que não chegaram", "Events that did not arrive"),
    "secrets": ("Idade dos segredos", "Age of secrets"),
    "dunning": ("Cobrança", "Dunning"),
    "reconcile-billing": ("Conferência com o Stripe", "Check against Stripe"),
    "trials": ("Avisos de fim de teste", "Notices of ending trials"),
    "clean-house": ("Limpeza geral", "General clean-up"),
}
DOES = {
    "sync-all": "Pergunta por todas as conexões e lê as que têm novidade.",
    "sync-full": "Lê o período inteiro de cada conexão que não espera por uma pessoa.",
    "sync-stale": "Pergunta de novo pelas conexões que falham ou têm dados velhos.",
    "consents": "Copia cada consentimento e renova os que estão na última semana.",
    "months": "Compara a contagem e a soma de cada mês com o provedor.",
    "quotas": "Conta as conexões cujo limite mensal, neste ritmo, acaba antes do mês.",
    "sweep-banking": "Oferece de novo leituras vencidas ou deixadas por um worker que caiu.",
    "make-words": "Forma as palavras das linhas escritas, para que a busca as encontre.",
    "clean-banking": "Esquece as páginas do provedor cujo prazo de guarda acabou.",
    "sweep-notifications": "Oferece de novo os envios vencidos e conta o que a trilha de auditoria mostra.",
    "digests": "Envia a cada pessoa o resumo das transações novas na hora que ela escolheu.",
    "bills": "Avisa de faturas que fecham em três dias, vencem amanhã ou atrasaram.",
    "clean-notifications": "Esquece avisos de meio ano atrás e vínculos que venceram.",
    "sweep-bot": "Oferece de novo o que disseram ao bot e conta nos chats como andam as conexões.",
    "clean-bot": "Esquece mensagens e conversas que já passaram há muito.",
    "sweep-webhooks": "Oferece de novo eventos que uma mensagem perdida esqueceu; encerra segredos trocados.",
    "reconcile-webhooks": "Pergunta aos provedores o que eles contaram e não ouvimos.",
    "secrets": "Avisa quem opera a instalação dos segredos de webhook que já deviam ser trocados.",
    "dunning": "Avisa de renovações não pagas e tenta cobrar de novo.",
    "reconcile-billing": "Compara assinaturas, faturas e pagamentos com o Stripe e corrige o que difere.",
    "trials": "Avisa os donos cujo período de teste acaba.",
    "clean-house": "Esquece sessões encerradas, reservas vencidas e eventos que nenhuma página espera.",
}
STATUSES = {
    TaskRun.Status.RUNNING: (Words("Em andamento", "Under way"), "live"),
    TaskRun.Status.SPREAD: (Words("Em andamento", "Under way"), "live"),
    TaskRun.Status.DONE: (Words("Concluída", "Done"), "good"),
    TaskRun.Status.FAILED: (Words("Falhou", "Failed"), "bad"),
    TaskRun.Status.LOST: (Words("Parou no meio", "Stopped half-way"), "bad"),
}
WAITING = (Words("Na fila", "Waiting"), "wait")
NEVER = (Words("Ainda não rodou", "Has not run yet"), "")
TRIGGERS = {
    TaskRun.Trigger.CLOCK: Words("pelo relógio", "by the clock"),
    TaskRun.Trigger.LATE: Words("atrasada: estávamos desligados", "late: we were off"),
    TaskRun.Trigger.PERSON: Words("a pedido", "on request"),
}
HEALTH = {
    "ok": (Words("Tudo funciona", "All is well"), "good"),
    "in_process": (
        Words("Tudo funciona, no processo das páginas", "All is well, in the pages' process"),
        "good",
    ),
    "no_database": (Words("O banco de dados não responde", "The database does not answer"), "bad"),
    "no_broker": (Words("A fila (broker) não responde", "The broker does not answer"), "bad"),
    "no_worker": (Words("Nenhum worker dá sinal de vida", "No worker shows a sign of life"), "bad"),
    "no_beat": (
        Words("O relógio parou: nada roda por hora", "The clock is silent: nothing runs by time"),
        "bad",
    ),
}
WEEKDAYS = (
    Words("segundas", "Mondays"),
    Words("terças", "Tuesdays"),
    Words("quartas", "Wednesdays"),
    Words("quintas", "Thursdays"),
    Words("sextas", "Fridays"),
    Words("sábados", "Saturdays"),
    Words("domingos", "Sundays"),
)
AND = Words(" e ", " and ")
EVERY_SECONDS = Words("a cada {} s", "every {} s")
EVERY_MINUTES = Words("a cada {} min", "every {} min")
EVERY_HOUR = Words("a cada hora, no minuto {}", "every hour, at minute {}")
EVERY_DAY = Words("todo dia às {}", "every day at {}")
ON_WEEKDAYS = Words("{} às {}", "{} at {}")
ON_DAYS = Words("no dia {} às {}", "on day {} at {}")
SPREAD_OVER = Words("ao longo de até {} min", "over up to {} min")
PARTS = Words("{done} de {all}", "{done} of {all}")
PARTS_FAILED = Words("{} com erro", "{} failed")
ASKED = Words("Pedida. Roda assim que um worker puder.", "Asked for. It runs as soon as a worker can.")
IS_RUNNING = Words("Já está rodando ou na fila.", "It runs or waits already.")
PAGE = {
    "title": Words("Tarefas", "Tasks"),
    "hint": Words(
        "O que roda por hora, no fuso de São Paulo, e como foi da última vez.",
        "What runs by time, in the time zone of São Paulo, and how it went.",
    ),
    "task": Words("Tarefa", "Task"),
    "when": Words("Quando", "When"),
    "last": Words("Última vez", "Last run"),
    "seconds": Words("Duração", "Duration"),
    "result": Words("Resultado", "Result"),
    "next": Words("Próxima", "Next"),
    "run_now": Words("Rodar agora", "Run now"),
    "run_now_of": Words("Rodar agora: {}", "Run now: {}"),
    "skipped": Words("Puladas porque a anterior ainda rodava", "Skipped while the last one still ran"),
    "missed": Words("Passaram enquanto estávamos desligados", "Passed while we were off"),
    "workers": Words("Workers", "Workers"),
    "queue": Words("Mensagens na fila", "Messages in the queue"),
    "beat": Words("Último tique do relógio", "Clock's last tick"),
    "waiting": Words("Trabalho à espera", "Work that waits"),
    "oldest": Words("Espera há mais tempo", "Longest wait"),
    "dead": Words("Falharam de vez", "Failed for good"),
    "runs": Words("Últimas vezes", "Latest runs"),
    "no_runs": Words("Ainda não rodou.", "It has not run yet."),
    "back": Words("Todas as tarefas", "All tasks"),
    "status": Words("Situação", "Status"),
    "trigger": Words("Por quê", "Why"),
    "never": Words("nunca", "never"),
    "spread": Words("Espalhada", "Spread"),
}


def title(entry: Entry) -> str:
    """What the task is called."""
    return str(Words(*TASKS[entry.name])) if entry.name in TASKS else entry.name


def does(entry: Entry) -> str:
    """What it does, in a sentence."""
    return str(Words(DOES.get(entry.name, entry.does), entry.does))


def when(schedule: Schedule) -> str:
    """When it runs, in words."""
    if isinstance(schedule, Every):
        return _every(schedule)
    times = joined([f"{hour:02}:{minute:02}" for hour, minute in schedule.times])
    if schedule.days:
        return str(ON_DAYS).format(joined([str(day) for day in schedule.days]), times)
    if schedule.weekdays:
        return str(ON_WEEKDAYS).format(joined([str(WEEKDAYS[day]) for day in schedule.weekdays]), times)
    return str(EVERY_DAY).format(times)


def _every(schedule: Every) -> str:
    if schedule.seconds == 3600:
        return str(EVERY_HOUR).format(schedule.offset // 60)
    if schedule.seconds % 60:
        return str(EVERY_SECONDS).format(schedule.seconds)
    return str(EVERY_MINUTES).format(schedule.seconds // 60)


def joined(words: Sequence[str]) -> str:
    """`a`, `a e b`, `a, b e c`."""
    return str(AND).join(filter(None, [", ".join(words[:-1]), words[-1]]))


def result(run: TaskRun) -> str:
    """How many, and of how many; or what went wrong."""
    if run.parts:
        told = str(PARTS).format(done=run.parts_done, all=run.parts)
        failed = f", {str(PARTS_FAILED).format(run.parts_failed)}" if run.parts_failed else ""
        return f"{told}{failed}" + (f": {run.error}" if run.error else "")
    return run.error or ("" if run.result is None else str(run.result))
