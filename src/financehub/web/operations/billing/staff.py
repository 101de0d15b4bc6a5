"""Pages that only the staff of this installation has: for anybody else they do not exist."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from financehub.billing.overseeing import LONGEST, Wanted
from financehub.core.errors import DomainError, NotFound
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.web.operations.billing import texts
from financehub.web.requests import PageRequest, signed_in

P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, P], HttpResponse]
FIELDS = ("situacao", "plano", "busca")


def staff_only(view: View[P]) -> Callable[..., HttpResponse]:
    """Signed in, a member of some company, and of the staff; 404 for everybody else."""

    @signed_in
    @wraps(view)
    def decorated(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return decorated


def tried(request: PageRequest, deed: Callable[[], object], said: str) -> None:
    """Do it, and say on the next page that it was done, or why not."""
    try:
        deed()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    except StripeCallFailed:
        messages.error(request, texts.refusal("stripe"))
    else:
        messages.success(request, str(texts.SAID[said]))


def wanted(request: PageRequest) -> Wanted:
    """The filter of a list."""
    status, plan, text = (request.GET.get(name, "").strip()[:LONGEST] for name in FIELDS)
    return Wanted(status=status, plan=plan, text=text)


def listing(request: PageRequest, name: str, context: Mapping[str, object]) -> HttpResponse:
    """A list page, its filter kept for the next one."""
    kept = QueryDict(mutable=True)
    for field in FIELDS:
        if value := request.GET.get(field, "").strip()[:LONGEST]:
            kept[field] = value
    query = {field: request.GET.get(field, "") for field in FIELDS}
    return page(request, name, {"query": query, "filtered": kept.urlencode(), **context})


def page(request: PageRequest, name: str, context: Mapping[str, object]) -> HttpResponse:
    """A page of this room with its words."""
    return render(request, f"web/operations/{name}.html", {"t": texts.PAGE, **context})
