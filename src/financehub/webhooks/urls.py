"""The addresses vendors post to; with and without the last slash, because a redirect would lose the body."""

from django.urls import re_path

from financehub.webhooks.receiving import receive_pluggy, receive_stripe

urlpatterns = [
    re_path(r"^banking/pluggy/webhook/?$", receive_pluggy, name="pluggy-webhook"),
    re_path(r"^webhooks/pluggy/?$", receive_pluggy, name="pluggy-webhook-short"),
    re_path(r"^webhooks/stripe/?$", receive_stripe, name="stripe-webhook"),
]
