"""The three ways to call the API, for the three people."""

import json
from typing import Any

from django.test import Client
from tests.people import signed_in

from financehub.audit.recording import Actor
from financehub.companies import api_keys
from financehub.companies.models import Company, User


class Caller:
    """A program or a browser; every method answers Django's test response."""

    def __init__(self, client: Client | None = None, **headers: str) -> None:
        self._client = client or Client()
        self._headers = headers

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        return self._client.generic(
            method, path, data=data, content_type="application/json", **{**self._headers, **headers}
        )

    def get(self, path: str, **query: object) -> Any:
        return self._client.get(path, data=query, **self._headers)

    def post(self, path: str, body: object = None) -> Any:
        return self.call("POST", path, body)


def with_key(user: User, company: Company, *scopes: str) -> Caller:
    """A program of this company; the person who made its key is `user`."""
    secret = secret_of(user, company, *scopes)
    return Caller(HTTP_AUTHORIZATION=f"Bearer {secret}")


def secret_of(user: User, company: Company, *scopes: str) -> str:
    issued = api_keys.issue(
        company=company, name="test", scopes=scopes or ("write",), creator=user, by=Actor("user", user.pk)
    )
    return issued.secret


def in_browser(user: User) -> Caller:
    """The person's own browser, as our pages call: the session and its CSRF token."""
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    token = "a" * 32
    client.cookies["csrftoken"] = token
    return Caller(client, HTTP_X_CSRFTOKEN=token)
