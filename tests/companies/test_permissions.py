"""The tables of roles and scopes are whole and grow upwards."""

from itertools import pairwise

from financehub.companies.permissions import BY_ROLE, BY_SCOPE, Permission, Role, Scope


def test_every_role_and_scope_has_its_line() -> None:
    assert set(BY_ROLE) == set(Role.values)
    assert set(BY_SCOPE) == set(Scope.values)


def test_each_role_may_more_than_the_one_below() -> None:
    ladder = [BY_ROLE[role] for role in (Role.VIEWER, Role.MEMBER, Role.ADMIN, Role.OWNER)]
    assert all(lower < higher for lower, higher in pairwise(ladder))


def test_a_key_never_reaches_people_or_keys() -> None:
    reachable = frozenset().union(*BY_SCOPE.values())
    assert reachable.isdisjoint({Permission.MANAGE_KEYS, Permission.MANAGE_MEMBERS, Permission.MANAGE_OWNERS})
