"""A few seeds of the convergence bench: a week, and a story of billing, in which everything goes wrong end well."""

import pytest
from bench import convergence, databases

DAYS = 7


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    directory = tmp_path_factory.mktemp("convergence")
    return databases.migrated_file(directory), directory


@pytest.fixture(scope="module")
def quiet(place):
    return convergence.run("quiet", 0, *place, days=DAYS)


@pytest.mark.slow
class TestAWeek:
    def test_of_duplicates_and_disorder_needs_no_sweep(self, place, quiet):
        told = convergence.run("lossless", 1, *place, days=DAYS)
        assert convergence.differences(told, quiet, "before") == []
        assert (told["doubled"], convergence.untrue(told)) == (0, [])

    @pytest.mark.parametrize(("kind", "seed"), [("lossy", 2), ("killed", 10)])
    def test_of_losses_and_crashes_is_healed_by_one_sweep(self, place, quiet, kind, seed):
        told = convergence.run(kind, seed, *place, days=DAYS)
        assert convergence.differences(told, quiet, "after") == []
        assert (told["doubled"], told["unfinished"], convergence.untrue(told)) == (0, [], [])
        assert told["crashes"] > 0


STORY = "boleto_paid"


@pytest.fixture(scope="module")
def in_quiet(place):
    return convergence.run_billing("quiet", 0, STORY, *place)


@pytest.mark.slow
class TestAStoryOfBilling:
    def test_of_duplicates_and_disorder_needs_no_sweep(self, place, in_quiet):
        told = convergence.run_billing("lossless", 1, STORY, *place)
        assert convergence.differences(told, in_quiet, "before") == []
        assert (told["after"]["books"], told["doubled"], told["unfinished"]) == ([], 0, [])

    @pytest.mark.parametrize(("kind", "seed"), [("lossy", 2), ("killed", 5)])
    def test_of_losses_and_crashes_ends_with_the_same_money_and_words(self, place, in_quiet, kind, seed):
        told = convergence.run_billing(kind, seed, STORY, *place)
        assert convergence.differences(told, in_quiet, "after") == []
        assert (told["after"]["state"], told["after"]["books"]) == ("active", [])
        assert (told["doubled"], told["unfinished"]) == (0, [])
        assert told["crashes"] + told["cuts"] + told["lost"] > 0
