"""Of several that want to do something alone, one does; a holder that died is replaced."""

from datetime import timedelta

import pytest
from tests.racing import race

from financehub.core import clock, locks
from financehub.core.locks import LockBusy
from financehub.core.models import Lease


@pytest.mark.django_db
class TestLease:
    def test_is_held_for_the_block_and_given_back(self) -> None:
        with locks.lease("pluggy-key"):
            assert locks.try_acquire("pluggy-key", seconds=60) is None
        assert locks.try_acquire("pluggy-key", seconds=60) is not None

    def test_is_given_back_when_the_block_fails(self) -> None:
        def fail() -> None:
            with locks.lease("pluggy-key"):
                raise RuntimeError("broken")

        with pytest.raises(RuntimeError, match="broken"):
            fail()
        assert not Lease.objects.exists()

    def test_says_that_another_is_busy(self) -> None:
        locks.try_acquire("pluggy-key", seconds=60)
        with pytest.raises(LockBusy, match="pluggy-key is busy"), locks.lease("pluggy-key", wait=0.1):
            pass

    def test_waits_for_its_turn(self) -> None:
        locks.try_acquire("pluggy-key", seconds=0.1)
        with locks.lease("pluggy-key", wait=5):
            assert Lease.objects.get().expires_at > clock.now() + timedelta(seconds=50)

    def test_different_names_do_not_meet(self) -> None:
        with locks.lease("one"), locks.lease("two"):
            assert Lease.objects.count() == 2


@pytest.mark.django_db
class TestTryAcquire:
    def test_takes_over_from_a_holder_whose_time_ran_out(self) -> None:
        locks.try_acquire("pluggy-key", seconds=-1)
        assert locks.try_acquire("pluggy-key", seconds=60) is not None

    def test_a_late_holder_does_not_give_back_what_is_now_anothers(self) -> None:
        late = locks.try_acquire("pluggy-key", seconds=-1)
        locks.try_acquire("pluggy-key", seconds=60)
        assert late
        locks.release("pluggy-key", late)
        assert locks.try_acquire("pluggy-key", seconds=60) is None


@pytest.mark.django_db
class TestLeases:
    def test_holds_those_that_are_free_and_gives_them_back(self) -> None:
        locks.try_acquire("busy", seconds=60)
        locks.try_acquire("left over", seconds=-1)

        with locks.leases({"busy", "left over", "new"}, seconds=60) as held:
            assert held == {"left over", "new"}
            assert locks.try_acquire("new", seconds=60) is None

        assert list(Lease.objects.values_list("name", flat=True)) == ["busy"]

    def test_of_nothing_asks_nothing(self) -> None:
        with locks.leases(set(), seconds=60) as held:
            assert held == set()


@pytest.mark.django_db(transaction=True)
def test_of_many_that_want_the_same_leases_each_is_held_once() -> None:
    names = [f"object {number}" for number in range(50)]
    taken = race(*[lambda: locks.take_free(names, "somebody", seconds=60)] * 4)
    assert sorted(name for some in taken for name in some) == sorted(names)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left_over", [False, True])
def test_of_many_at_once_one_gets_it(left_over: bool) -> None:
    if left_over:
        locks.try_acquire("pluggy-key", seconds=-1)
    answers = race(*[lambda: locks.try_acquire("pluggy-key", seconds=60)] * 4)
    assert len([answer for answer in answers if answer]) == 1
