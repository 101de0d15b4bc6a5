"""Addresses of a company's own pages: people, keys, the trail, and changing between companies."""

from django.urls import path

from financehub.web.views import company, invitations

urlpatterns = [
    path("", company.overview, name="company"),
    path("nome/", company.rename, name="company-rename"),
    path("nova/", company.open_new, name="company-new"),
    path("trocar/", company.switch, name="company-switch"),
    path("membros/<uuid:membership_id>/papel/", company.change_role, name="company-member-role"),
    path("membros/<uuid:membership_id>/remover/", company.remove_member, name="company-member-remove"),
    path("convites/", invitations.invite, name="company-invite"),
    path("convites/<uuid:invitation_id>/cancelar/", invitations.revoke, name="company-invitation-revoke"),
    path("convite/<str:token>/", invitations.answer, name="invitation"),
    path("chaves/", company.issue_key, name="company-key-issue"),
    path("chaves/<uuid:key_id>/revogar/", company.revoke_key, name="company-key-revoke"),
    path("auditoria/", company.trail, name="company-trail"),
]
