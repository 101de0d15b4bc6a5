"""A person's own page: what they are called."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from financehub.companies import naming
from financehub.core.errors import DomainError
from financehub.web import texts
from financehub.web.requests import PageRequest, actor, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def name(request: PageRequest) -> HttpResponse:
    """Show and change one's name."""
    if request.method != "POST":
        return render(request, "account/name.html", {"longest": naming.LONGEST})
    try:
        naming.rename(user=request.user, name=request.POST.get("name", ""), by=actor(request))
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    else:
        messages.success(request, str(texts.SAVED))
    return redirect("account_name")
