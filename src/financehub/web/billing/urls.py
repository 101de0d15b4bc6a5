"""Addresses of the pages about plan and payment."""

from django.urls import path, re_path

from financehub.web.billing import paying, views

urlpatterns = [
    re_path(r"^assinatura/?$", views.plan, name="plan"),
    path("assinatura/assinar", views.buy, name="plan-buy"),
    path("assinatura/retorno", views.returned, name="plan-return"),
    path("assinatura/mudar", views.confirm, name="plan-confirm"),
    path("assinatura/mudar/confirmar", views.change, name="plan-change"),
    path("assinatura/cancelar", views.cancel, name="plan-cancel"),
    path("assinatura/manter", views.keep, name="plan-keep"),
    path("assinatura/portal", views.open_portal, name="plan-portal"),
    path("assinatura/pagar", views.pay, name="plan-pay"),
    path("assinatura/pagar/<str:token>", paying.pay_by_link, name="plan-pay-link"),
    path("assinatura/codigo", views.use_code, name="plan-code"),
    path("assinatura/documento", views.set_tax_id, name="plan-tax-id"),
]
