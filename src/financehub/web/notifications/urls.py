"""Addresses of the pages of notifications."""

from django.urls import path, re_path

from financehub.web.notifications import browsers, endpoints, leaving, preferences, tray, worker

ENDPOINT = "avisos/webhooks/<uuid:webhookendpoint_id>"

urlpatterns = [
    path("service-worker.js", worker.service_worker, name="service-worker"),
    re_path(r"^avisos/?$", tray.tray, name="notifications"),
    path("avisos/quantos", tray.count, name="notifications-count"),
    path("avisos/lidos", tray.mark_all, name="notifications-read"),
    path("avisos/<uuid:notification_id>/abrir", tray.open_one, name="notification-open"),
    path("avisos/<uuid:notification_id>/lido", tray.mark_one, name="notification-read"),
    re_path(r"^avisos/preferencias/?$", preferences.preferences, name="notification-preferences"),
    path("avisos/preferencias/tabela", preferences.save_table, name="notification-table"),
    path("avisos/preferencias/horarios", preferences.save_rhythm, name="notification-rhythm"),
    path("avisos/preferencias/ligar", preferences.switch_on, name="notification-channel-on"),
    path("avisos/navegador", browsers.subscribe, name="push-subscribe"),
    path("avisos/navegador/<uuid:pushsubscription_id>/remover", browsers.forget_browser, name="push-forget"),
    re_path(r"^avisos/webhooks/?$", endpoints.overview, name="endpoints"),
    path("avisos/webhooks/novo", endpoints.add, name="endpoint-add"),
    path(ENDPOINT, endpoints.endpoint, name="endpoint"),
    path(f"{ENDPOINT}/segredo", endpoints.rotate, name="endpoint-rotate"),
    path(f"{ENDPOINT}/ligar", endpoints.enable, name="endpoint-enable"),
    path(f"{ENDPOINT}/desligar", endpoints.disable, name="endpoint-disable"),
    path(f"{ENDPOINT}/remover", endpoints.remove, name="endpoint-remove"),
    path(f"{ENDPOINT}/reenviar", endpoints.replay_missed, name="endpoint-replay"),
    path("avisos/entregas/<uuid:delivery_id>/reenviar", endpoints.replay, name="delivery-replay"),
    path("avisos/sair/<str:token>", leaving.leave, name="leave-mail"),
]
