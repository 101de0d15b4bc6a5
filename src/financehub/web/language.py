"""Portuguese unless a person chose otherwise; the choice is kept in a cookie and with the person."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from financehub.companies.models import User
from financehub.companies.preferring import prefer_language

YEAR_SECONDS = 365 * 24 * 3600
CHOICES = {code for code, _ in settings.LANGUAGES}


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: speak the language of the cookie, else Portuguese, whatever the browser prefers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in CHOICES else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault(
                "Content-Language", translation.get_language() or settings.LANGUAGE_CODE
            )
        return response

    return middleware


@require_POST
def set_language(request: HttpRequest) -> HttpResponseRedirect:
    """Remember the language and go back to where the person was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language", "")
    if language in CHOICES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
        if isinstance(request.user, User):
            prefer_language(user=request.user, language=language)
    return response
