"""Ages and days in a few words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from financehub.core import clock
from financehub.web import ages


class TestAge:
    @pytest.mark.parametrize(
        ("seconds", "words"),
        [
            (5, "agora"),
            (61, "há 1 min"),
            (3_599, "há 59 min"),
            (3_601, "há 1 h"),
            (86_401, "há 1 dia"),
            (200_000, "há 2 dias"),
        ],
    )
    def test_says_how_long_ago(self, seconds: int, words: str) -> None:
        assert ages.age(clock.now() - timedelta(seconds=seconds)) == words

    def test_names_the_day_after_a_week(self) -> None:
        moment = clock.now() - timedelta(days=8)

        assert ages.age(moment) == ages.short_day(timezone.localtime(moment).date())

    def test_says_when_there_was_no_read_yet(self) -> None:
        assert ages.age(None) == "ainda sem leitura"

    def test_speaks_english(self) -> None:
        with translation.override("en"):
            assert ages.age(clock.now() - timedelta(hours=3, seconds=9)) == "3 h ago"


class TestDue:
    def test_names_near_days(self) -> None:
        noon = clock.start_of_day(clock.today()) + timedelta(hours=12)

        assert ages.due(noon) == "hoje às 12:00"
        assert ages.due(noon + timedelta(days=1)) == "amanhã às 12:00"
        assert ages.due(None) == ""


class TestDays:
    def test_reads_as_a_heading(self) -> None:
        today = clock.today()

        assert ages.day_name(today) == "Hoje"
        assert ages.day_name(today - timedelta(days=1)) == "Ontem"
        assert ages.day_name(date(2021, 3, 14)) == "14 de março de 2021"

    def test_names_the_weekday_within_the_year(self) -> None:
        day = clock.today().replace(month=1, day=2)

        assert ages.day_name(day).endswith(", 2 de janeiro")
        assert ages.day_name(day)[0].isupper()

    def test_writes_months_in_either_language(self) -> None:
        assert ages.month_name(date(2021, 3, 1)) == "março de 2021"
        with translation.override("en"):
            assert ages.month_name(date(2021, 3, 1)) == "March 2021"

    def test_keeps_the_year_of_another_year(self) -> None:
        assert ages.short_day(date(2021, 3, 14)) == "14 mar 2021"
