"""Addresses of a person's own pages, allauth's views under Portuguese names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.db import transaction
from django.urls import path, re_path

from financehub.web.notifications import browsers
from financehub.web.telegram import views as telegram
from financehub.web.views import person

# Pages that change a second factor write their audit row in the transaction of the change.
activate_totp = transaction.atomic(totp.activate_totp)
deactivate_totp = transaction.atomic(totp.deactivate_totp)
generate_recovery_codes = transaction.atomic(recovery_codes.generate_recovery_codes)

urlpatterns = [
    path("entrar/", account.login, name="account_login"),
    path("entrar/duas-etapas/", mfa.authenticate, name="mfa_authenticate"),
    path("sair/", browsers.sign_out, name="account_logout"),
    path("criar/", account.signup, name="account_signup"),
    path("inativa/", account.account_inactive, name="account_inactive"),
    path("confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmar/duas-etapas/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("emails/", account.email, name="account_email"),
    path("emails/confirmar/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^emails/confirmar/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("nome/", person.name, name="account_name"),
    path("senha/", account.password_change, name="account_change_password"),
    path("senha/definir/", account.password_set, name="account_set_password"),
    path("senha/esqueci/", account.password_reset, name="account_reset_password"),
    path("senha/esqueci/enviado/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^senha/nova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "senha/nova/pronto/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(r"^telegram/?$", telegram.overview, name="telegram"),
    path("telegram/vincular", telegram.link, name="telegram-link"),
    path("telegram/<uuid:telegramchat_id>/desvincular", telegram.unlink, name="telegram-unlink"),
    path("duas-etapas/", mfa.index, name="mfa_index"),
    path("duas-etapas/ativar/", activate_totp, name="mfa_activate_totp"),
    path("duas-etapas/desativar/", deactivate_totp, name="mfa_deactivate_totp"),
    path("duas-etapas/codigos/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("duas-etapas/codigos/novos/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "duas-etapas/codigos/baixar/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
