"""A company's rows are reached only through the company; a query that forgets it does not run."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from tests.builders import make_company, make_member

from financehub.companies.models import ApiKey, Company, Membership, Role, User
from financehub.core.errors import NotFound
from financehub.core.ids import new_id
from financehub.core.tenancy import UnscopedQuery

pytestmark = pytest.mark.django_db

FORGETFUL: dict[str, Callable[[], object]] = {
    "list": lambda: list(Membership.objects.all()),
    "filter": lambda: list(Membership.objects.filter(role="owner")),
    "get": lambda: Membership.objects.get(role="owner"),
    "first": Membership.objects.first,
    "latest": lambda: Membership.objects.latest("created_at"),
    "count": Membership.objects.count,
    "exists": Membership.objects.exists,
    "values": lambda: list(Membership.objects.values("id")),
    "values_list": lambda: list(Membership.objects.values_list("id", flat=True)),
    "iterator": lambda: list(Membership.objects.iterator()),
    "in_bulk": lambda: Membership.objects.in_bulk([new_id()]),
    "contains": lambda: Membership.objects.contains(Membership(id=new_id())),
    "aggregate": Membership.objects.aggregate,
    "dates": lambda: list(Membership.objects.datetimes("created_at", "day")),
    "update": lambda: Membership.objects.filter(role="owner").update(role="viewer"),
    "delete": lambda: Membership.objects.filter(role="owner").delete(),
    "get_or_create": lambda: Membership.objects.get_or_create(role="owner"),
    "update_or_create": lambda: Membership.objects.update_or_create(role="owner"),
    "get_or_raise": lambda: Membership.objects.get_or_raise(new_id()),
    "slice": Membership.objects.order_by("id")[:1].get,
    "bool": lambda: bool(Membership.objects.all()),
    "or": lambda: list(Membership.objects.of(new_id()) | Membership.objects.all()),
    "or the other way": lambda: list(Membership.objects.all() | Membership.objects.of(new_id())),
    "and": lambda: list(Membership.objects.all() & Membership.objects.of(new_id())),
    "xor": lambda: list(Membership.objects.of(new_id()) ^ Membership.objects.all()),
    "union": lambda: list(Membership.objects.of(new_id()).union(Membership.objects.all())),
    "intersection": lambda: list(Membership.objects.of(new_id()).intersection(Membership.objects.all())),
    "difference": lambda: list(Membership.objects.all().difference(Membership.objects.of(new_id()))),
    "explain": Membership.objects.explain,
    "in": lambda: list(Company.objects.filter(pk__in=Membership.objects.values("company"))),
    "in of its own": lambda: list(
        Membership.objects.of(new_id()).filter(pk__in=Membership.objects.filter(role="owner"))
    ),
    "not in": lambda: list(User.objects.exclude(pk__in=Membership.objects.values("user"))),
    "related": lambda: list(User.objects.filter(memberships__in=Membership.objects.all())),
    "exists in a filter": lambda: list(
        User.objects.filter(Exists(Membership.objects.filter(user=OuterRef("pk"))))
    ),
    "a subquery": lambda: list(
        User.objects.annotate(
            role=Subquery(Membership.objects.filter(user=OuterRef("pk")).values("role")[:1])
        )
    ),
    "in an update": lambda: User.objects.filter(pk__in=Membership.objects.values("user")).update(name="x"),
    "in a delete": lambda: Company.objects.filter(pk__in=Membership.objects.values("company")).delete(),
    "select_for_update": lambda: list(Membership.objects.select_for_update()),
}


@pytest.mark.parametrize("forget", FORGETFUL.values(), ids=FORGETFUL)
def test_a_query_without_a_company_is_refused(
    bakery: Company, ana: User, forget: Callable[[], object]
) -> None:
    with pytest.raises(UnscopedQuery, match=r"Membership: start from \.of\(company\)"), transaction.atomic():
        forget()
    assert Membership.objects.of(bakery).get().role == Role.OWNER


def test_raw_sql_is_refused_whatever_it_starts_from(bakery: Company) -> None:
    for rows in (
        Membership.objects.all(),
        Membership.objects.of(bakery),
        Membership.objects.across_companies(),
    ):
        with pytest.raises(UnscopedQuery, match="no raw SQL"):
            rows.raw("SELECT * FROM companies_membership")
    with pytest.raises(UnscopedQuery, match="no raw SQL"):
        Membership.objects.raw("SELECT * FROM companies_membership")


class TestASubquery:
    def test_runs_when_it_names_the_company_or_goes_across_them(
        self, bakery: Company, ana: User, carla: User
    ) -> None:
        here, everywhere = Membership.objects.of(bakery), Membership.objects.across_companies()
        assert list(User.objects.filter(pk__in=here.values("user"))) == [ana]
        assert User.objects.filter(pk__in=everywhere.values("user")).count() == 2
        of_person = here.filter(user=OuterRef("pk"))
        assert list(User.objects.filter(Exists(of_person))) == [ana]
        roles = User.objects.annotate(role=Subquery(of_person.values("role")[:1])).order_by("email")
        assert [person.role for person in roles] == [Role.OWNER, None]

    def test_runs_when_a_parent_row_leads_to_it(self, ana: User, carla: User) -> None:
        assert list(Company.objects.filter(pk__in=ana.memberships.values("company"))) == [
            ana.memberships.get().company
        ]
        assert User.objects.filter(Exists(ana.memberships.filter(user=OuterRef("pk")))).get() == ana

    def test_may_be_made_by_the_database_layer_itself(self, bakery: Company, ana: User) -> None:
        """Excluding through many rows becomes a subquery on a tenant's table."""
        here = Membership.objects.of(bakery)
        assert not here.exclude(user__memberships__role=Role.OWNER).exists()
        assert list(here.exclude(user__memberships__role=Role.VIEWER)) == [ana.memberships.get()]


class TestOf:
    def test_finds_this_company_and_no_other(self, bakery: Company, ana: User, carla: User) -> None:
        for company in (bakery, bakery.id):
            assert [place.user for place in Membership.objects.of(company)] == [ana]

    def test_stays_through_a_chain(self, bakery: Company, ana: User, bruno: User) -> None:
        chain = Membership.objects.of(bakery).exclude(role=Role.OWNER).order_by("-id").select_related("user")
        assert [place.user for place in chain[:5]] == [bruno]
        assert chain.count() == 1
        assert chain.exists()

    def test_may_be_joined_with_itself(self, bakery: Company, ana: User, bruno: User) -> None:
        owners = Membership.objects.of(bakery).filter(role=Role.OWNER)
        viewers = Membership.objects.of(bakery).filter(role=Role.VIEWER)
        assert (owners | viewers).count() == 2
        assert owners.union(viewers).count() == 2

    def test_updates_and_deletes_only_there(self, bakery: Company, ana: User, carla: User) -> None:
        assert Membership.objects.of(bakery).update(role=Role.VIEWER) == 1
        assert Membership.objects.of(bakery).delete()[0] == 1
        assert Membership.objects.across_companies().get().user == carla


class TestGetOrRaise:
    def test_finds_a_row_by_key_or_its_text(self, bakery: Company, ana: User) -> None:
        place = Membership.objects.of(bakery).get()
        assert Membership.objects.of(bakery).get_or_raise(place.id) == place
        assert Membership.objects.of(bakery).get_or_raise(str(place.id)) == place

    def test_hides_the_row_of_another_company(self, bakery: Company, carla: User) -> None:
        theirs = Membership.objects.across_companies().get()
        with pytest.raises(NotFound, match="Membership not found"):
            Membership.objects.of(bakery).get_or_raise(theirs.id)

    @pytest.mark.parametrize("key", ["", "7", "not-a-key", "'; DROP TABLE users"])
    def test_what_is_no_key_is_not_found(self, bakery: Company, key: str) -> None:
        with pytest.raises(NotFound):
            Membership.objects.of(bakery).get_or_raise(key)


def test_a_row_leads_to_its_own_children(bakery: Company, ana: User) -> None:
    assert [place.company for place in ana.memberships.all()] == [bakery]


def test_rows_can_be_loaded_again_saved_and_deleted(bakery: Company) -> None:
    place = make_member(company=bakery)
    place.refresh_from_db()
    place.role = Role.VIEWER
    place.save()
    place.delete()
    assert not Membership.objects.of(bakery).exists()


def test_deleting_a_company_takes_its_rows_along(bakery: Company, ana: User, carla: User) -> None:
    bakery.delete()
    assert Membership.objects.across_companies().get().user == carla
    assert not ApiKey.objects.across_companies().exists()


def test_a_row_needs_a_company() -> None:
    assert str(Membership(company=make_company())).startswith("Membership ")
