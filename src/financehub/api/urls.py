"""Where the API is mounted, below /api/; what no route knows is answered in the API's own shape."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from financehub.api import errors
from financehub.api.api import api


def in_shape(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """The same route, refusing in the shape of every other error."""
    if isinstance(pattern, URLResolver):
        return pattern
    view: Callable[..., HttpResponse] = pattern.callback

    @csrf_exempt
    @wraps(view)
    def shaped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Http404:  # Ninja's root, which exists only to be named
            return unknown_address(request)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        content = errors.body("method_not_allowed", "This address does not take that method.")
        return JsonResponse(content, status=405, headers={"Allow": answer.headers["Allow"]})

    pattern.callback = shaped
    return pattern


@csrf_exempt
def unknown_address(_request: HttpRequest) -> HttpResponse:
    """Below /api/ nothing answers in HTML."""
    return JsonResponse(errors.body("not_found", "There is no such address."), status=404)


routes, application, namespace = api.urls

urlpatterns = [
    path("", ([in_shape(route) for route in routes], application, namespace)),
    re_path(r"", unknown_address),
]
