"""A preference is the person's own."""

import pytest
from tests.builders import make_user

from financehub.companies.preferring import prefer_language


@pytest.mark.django_db
def test_the_language_is_kept_with_this_person_only() -> None:
    ana, bruno = make_user(), make_user()
    prefer_language(user=ana, language="en")
    ana.refresh_from_db()
    bruno.refresh_from_db()
    assert (ana.language, bruno.language) == ("en", "pt-br")
