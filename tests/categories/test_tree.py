"""The vendor's categories, by name and as a tree."""

from django.utils import translation

from financehub.categories import tree as categories


class TestCategories:
    def test_has_all_130(self) -> None:
        assert len(categories.all_categories()) == 130

    def test_speaks_the_language_of_the_page(self) -> None:
        assert categories.name_of("10000000") == "Supermercado"
        with translation.override("en"):
            assert categories.name_of("10000000") == "Groceries"

    def test_shows_the_id_of_a_category_it_does_not_know(self) -> None:
        assert categories.name_of("88888888") == "88888888"
        assert not categories.exists("88888888")

    def test_says_nothing_for_no_category(self) -> None:
        assert categories.name_of(None) == ""

    def test_puts_each_category_below_exactly_one_top(self) -> None:
        branches = list(categories.tree())
        everything = [entry.id for branch in branches for entry in [branch.top, *branch.below]]

        assert sorted(everything) == sorted(categories.all_categories())
        transport = next(branch for branch in branches if branch.top.id == "19000000")
        assert "19050001" in {entry.id for entry in transport.below}
