"""Addresses of what an operator looks at."""

from django.urls import path, re_path

from financehub.web.operations import events
from financehub.web.operations.billing import cases, disputes, subscriptions, tasks
from financehub.web.operations.timed import views as timed

urlpatterns = [
    re_path(r"^eventos/?$", events.stream, name="events"),
    path("eventos/rodar", events.retry_all, name="events-retry"),
    path("eventos/<uuid:event_id>", events.event, name="event"),
    path("eventos/<uuid:event_id>/rodar", events.retry, name="event-retry"),
    re_path(r"^assinaturas/?$", subscriptions.subscriptions, name="staff-subscriptions"),
    path("assinaturas/<uuid:subscription_id>", subscriptions.subscription, name="staff-subscription"),
    path("pagamentos/<uuid:payment_id>/devolver", subscriptions.refund, name="staff-refund"),
    re_path(r"^cobrancas/?$", cases.cases, name="staff-cases"),
    path("cobrancas/<uuid:case_id>", cases.case, name="staff-case"),
    re_path(r"^contestacoes/?$", disputes.disputes, name="staff-disputes"),
    path("contestacoes/<uuid:dispute_id>", disputes.dispute, name="staff-dispute"),
    path("contestacoes/<uuid:dispute_id>/textos", disputes.stage, name="staff-dispute-stage"),
    path("contestacoes/<uuid:dispute_id>/arquivo", disputes.attach, name="staff-dispute-attach"),
    path("contestacoes/<uuid:dispute_id>/enviar", disputes.submit, name="staff-dispute-submit"),
    path("contestacoes/<uuid:dispute_id>/propor", disputes.propose, name="staff-dispute-propose"),
    path("contestacoes/<uuid:dispute_id>/aceitar", disputes.accept, name="staff-dispute-accept"),
    path("pendencias/<uuid:task_id>", tasks.close, name="staff-task"),
    re_path(r"^tarefas/?$", timed.tasks, name="staff-timed-tasks"),
    path("tarefas/<slug:name>", timed.task, name="staff-timed-task"),
    path("tarefas/<slug:name>/rodar", timed.run, name="staff-timed-task-run"),
]
