"""Who asks, for which company, and what that person may do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from financehub.audit.recording import Actor
from financehub.banking.models import Account
from financehub.companies.access import memberships_of
from financehub.companies.models import User
from financehub.web import requests
from financehub.web.requests import PageRequest

pytestmark = pytest.mark.django_db


def asked_by(user: User) -> PageRequest:
    request = RequestFactory().get("/somewhere")
    (place,) = memberships_of(user)
    request.user, request.membership, request.company = user, place, place.company
    return request


def fine(request: PageRequest) -> HttpResponse:
    return HttpResponse("fine")


def looking_for_what_is_not_there(request: PageRequest) -> HttpResponse:
    Account.objects.of(request.company).get_or_raise("00000000-0000-0000-0000-000000000001")
    return HttpResponse("found")


class TestSignedIn:
    def test_lets_a_member_in(self, ana: User) -> None:
        assert requests.signed_in(fine)(asked_by(ana)).content == b"fine"

    def test_lets_no_page_outlive_the_session(self, ana: User) -> None:
        assert requests.signed_in(fine)(asked_by(ana))["Cache-Control"] == "private, no-store"

    def test_turns_what_is_not_there_into_404(self, ana: User) -> None:
        with pytest.raises(Http404):
            requests.signed_in(looking_for_what_is_not_there)(asked_by(ana))

    def test_shows_nothing_to_somebody_without_a_company(self, ana: User) -> None:
        request = asked_by(ana)
        request.company = request.membership = None  # type: ignore[assignment]

        with pytest.raises(Http404):
            requests.signed_in(fine)(request)


class TestWrites:
    def test_lets_an_owner_through_and_no_viewer(self, ana: User, bruno: User) -> None:
        assert requests.writes(fine)(asked_by(ana)).content == b"fine"
        with pytest.raises(PermissionDenied):
            requests.writes(fine)(asked_by(bruno))


class TestCompanyOrNone:
    def test_finds_nothing_before_the_middleware(self) -> None:
        assert requests.company_or_none(RequestFactory().get("/")) is None


class TestActor:
    def test_is_the_person_with_the_address_they_came_from(self, ana: User) -> None:
        assert requests.actor(asked_by(ana)) == Actor("user", ana.id, "127.0.0.1")
