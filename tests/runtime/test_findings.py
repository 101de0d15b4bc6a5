"""Findings print as one line and the advice below."""

from financehub.runtime.findings import exit_code, note, ok, problem


class TestAFinding:
    def test_prints_its_level_subject_and_detail(self) -> None:
        assert str(ok("clock", "agrees")) == "ok      clock      agrees"

    def test_prints_its_advice_below(self) -> None:
        lines = str(problem("broker", "refused", "start it")).splitlines()
        assert lines == ["PROBLEM broker     refused", "                   -> start it"]


class TestTheExitCode:
    def test_is_0_with_notes_only(self) -> None:
        assert exit_code([ok("a", "b"), note("c", "d")]) == 0

    def test_is_1_with_a_problem(self) -> None:
        assert exit_code([ok("a", "b"), problem("c", "d", "e")]) == 1
