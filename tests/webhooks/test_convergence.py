"""A few seeds of the convergence bench: a week in which everything goes wrong ends like a quiet one."""

import pytest
from bench import convergence

DAYS = 7


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    directory = tmp_path_factory.mktemp("convergence")
    return convergence.migrated(directory), directory


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
