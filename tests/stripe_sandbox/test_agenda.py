from stripe_sandbox.agenda import Agenda


def jobs(agenda: Agenda, now: int, clock: str = "") -> list[str]:
    taken = []
    while (due := agenda.take(now, clock)) is not None:
        taken.append(due.job)
    return taken


class TestAnAgenda:
    def test_gives_what_is_due_in_the_order_of_moments_then_of_writing(self) -> None:
        agenda = Agenda()
        for moment, job in ((20, "b"), (10, "a"), (20, "c"), (30, "later")):
            agenda.at(moment, job, "x")
        assert jobs(agenda, 20) == ["a", "b", "c"]
        assert agenda.next_due() == 30
        assert len(agenda) == 1

    def test_keeps_clocks_apart_and_forgets_one(self) -> None:
        agenda = Agenda()
        agenda.at(5, "ours", "x")
        agenda.at(1, "theirs", "x", "clock_1")
        assert agenda.next_due() == 5
        assert [entry.job for entry in sorted(agenda.entries())] == ["theirs", "ours"]
        agenda.forget("clock_1")
        assert jobs(agenda, 99, "clock_1") == []
        assert jobs(agenda, 99) == ["ours"]
