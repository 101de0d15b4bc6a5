"""Leaving one kind of mail from the mail itself, without signing in; a mail program may do it in one step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from financehub.core.errors import NotFound
from financehub.notifications import unsubscribing
from financehub.web.notifications import texts


@csrf_exempt  # a mail program has no cookie of ours (RFC 8058); the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A look asks, so that a mail scanner changes nothing; a POST leaves, or with `undo` comes back."""
    wants_back = "undo" in request.POST
    try:
        if request.method == "POST":
            _, kind = unsubscribing.unsubscribe(token, is_on=wants_back)
        else:
            _, kind = unsubscribing.read(token)
    except NotFound:
        return render(request, "web/notifications/leaving.html", {"t": texts.LEAVING}, status=410)
    state = "asks" if request.method != "POST" else "undone" if wants_back else "done"
    context = {"t": texts.LEAVING, "kind": texts.KINDS[kind.name], "state": state}
    return render(request, "web/notifications/leaving.html", context)
