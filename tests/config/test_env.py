"""Environment variables are read with their type; a bad one stops the boot with its own name."""

from pathlib import Path

import pytest
from django.conf import settings

from financehub.config import env
from financehub.config.env import BadSetting


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("THING", "THING_FILE", "REDIS_URL", "UPSTASH_REDIS_REST_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_text_loses_its_outer_blanks_and_has_a_default(variable: pytest.MonkeyPatch) -> None:
    assert env.text("THING", "default") == "default"
    variable.setenv("THING", " value ")
    assert env.text("THING", "default") == "value"


def test_a_secret_may_lie_in_a_file(variable: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    variable.setenv("THING", "from the environment")
    variable.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.text("THING") == "from the file"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("ON", True), ("0", False), ("no", False), ("", True)]
)
def test_a_flag_is_said_in_several_words(variable: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    variable.setenv("THING", value)
    assert env.flag("THING", default=True) is meant


def test_what_is_no_flag_and_no_number_names_the_variable(variable: pytest.MonkeyPatch) -> None:
    variable.setenv("THING", "maybe")
    with pytest.raises(BadSetting, match="THING must be true or false"):
        env.flag("THING", default=False)
    with pytest.raises(BadSetting, match="THING must be a whole number"):
        env.integer("THING", 1)


def test_numbers_and_lists(variable: pytest.MonkeyPatch) -> None:
    assert (env.integer("THING", 7), env.words("THING")) == (7, [])
    variable.setenv("THING", "12")
    assert env.integer("THING", 7) == 12
    variable.setenv("THING", "a, b,,c ")
    assert env.words("THING") == ["a", "b", "c"]


@pytest.mark.parametrize("url", ["redis://h:6379/0", "rediss://h", "unix:///run/valkey.sock", ""])
def test_a_redis_by_its_own_protocol_is_taken(variable: pytest.MonkeyPatch, url: str) -> None:
    variable.setenv("REDIS_URL", url)
    assert env.redis_url() == url


@pytest.mark.parametrize("name", ["UPSTASH_REDIS_REST_URL", "REDIS_URL"])
def test_a_redis_by_rest_is_refused_with_the_name_of_the_right_variable(
    variable: pytest.MonkeyPatch, name: str
) -> None:
    variable.setenv(name, "https://rest.example.com")
    with pytest.raises(BadSetting, match="REDIS_URL"):
        env.redis_url()


def test_a_database_is_one_address() -> None:
    sqlite = env.database("sqlite:////data/hub.sqlite3")
    assert (sqlite["ENGINE"], sqlite["NAME"]) == ("django.db.backends.sqlite3", "/data/hub.sqlite3")
    assert env.database("sqlite:///data/hub.sqlite3")["NAME"] == "data/hub.sqlite3"
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        env.database("mysql://h/name")


@pytest.mark.parametrize(
    ("url", "host", "user", "password"),
    [
        ("postgresql://ana:p%40ss@db.example:5433/hub", "db.example", "ana", "p@ss"),
        ("postgres://postgres@/hub?host=/run/postgresql&port=5433", "/run/postgresql", "postgres", ""),
    ],
)
def test_postgresql_by_network_or_by_socket(url: str, host: str, user: str, password: str) -> None:
    parts = env.database(url)
    assert (parts["HOST"], parts["USER"], parts["PASSWORD"]) == (host, user, password)
    assert (parts["NAME"], parts["PORT"], parts["OPTIONS"]) == ("hub", "5433", {})


def test_sqlite_waits_for_its_turn_and_begins_by_writing() -> None:
    options = env.database("sqlite:///x")["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 10)
    assert "journal_mode=WAL" in options["init_command"]


def test_the_settings_were_read_through_it() -> None:
    assert settings.TIME_ZONE == settings.CELERY_TIMEZONE == "America/Sao_Paulo"


def test_sqlite_may_be_told_to_outlive_a_power_cut() -> None:
    options = env.database("sqlite:////data/x.sqlite3?synchronous=full")["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]  # type: ignore[index]
    with pytest.raises(env.BadSetting):
        env.database("sqlite:////data/x.sqlite3?synchronous=OFF")


def test_a_well_known_secret_is_refused_where_others_can_reach_it(variable: pytest.MonkeyPatch) -> None:
    variable.delenv("THING", raising=False)
    assert env.secret("THING", insecure="known", is_public=False) == "known"
    with pytest.raises(env.BadSetting, match="THING"):
        env.secret("THING", insecure="known", is_public=True)
    variable.setenv("THING", "mine")
    assert env.secret("THING", insecure="known", is_public=True) == "mine"


@pytest.mark.parametrize(
    ("host", "folder", "backend"),
    [("mail.example.com", "/tmp/mail", "smtp"), ("", "/tmp/mail", "filebased"), ("", "", "console")],
)
def test_mail_goes_to_a_named_server_else_to_files_else_to_the_log(
    host: str, folder: str, backend: str
) -> None:
    assert env.mail_backend(host=host, folder=folder) == f"django.core.mail.backends.{backend}.EmailBackend"


def test_another_mail_backend_may_be_named(variable: pytest.MonkeyPatch) -> None:
    variable.setenv("FINANCEHUB_EMAIL_BACKEND", "somebody.Else")
    assert env.mail_backend(host="h", folder="") == "somebody.Else"


@pytest.mark.parametrize(
    ("given", "times"),
    [
        ("6", ((6, 0),)),
        ("18, 0,12", ((0, 0), (12, 0), (18, 0))),
        ("06:30,18:00", ((6, 30), (18, 0))),
        ("*/8", ((0, 0), (8, 0), (16, 0))),
    ],
)
def test_times_of_the_day_are_hours_steps_or_hours_with_minutes(
    variable: pytest.MonkeyPatch, given: str, times: tuple[tuple[int, int], ...]
) -> None:
    variable.setenv("THING", given)
    assert env.times("THING", "3") == times


def test_times_have_a_default_and_its_minute(variable: pytest.MonkeyPatch) -> None:
    assert env.times("THING", "*/12", minute=20) == ((0, 20), (12, 20))
    assert len(env.times("THING", "*")) == 24


@pytest.mark.parametrize("given", ["x", "24", "6:60", "-1", "*/0", "6:", "*/x", ","])
def test_what_is_no_time_of_the_day_stops_the_boot(variable: pytest.MonkeyPatch, given: str) -> None:
    variable.setenv("THING", given)
    with pytest.raises(BadSetting, match="THING must be times of the day"):
        env.times("THING", "3")


def test_a_choice_is_out_of_the_words_that_are_allowed(variable: pytest.MonkeyPatch) -> None:
    assert env.choices("THING", ("a", "b")) == []
    variable.setenv("THING", "b, a")
    assert env.choices("THING", ("a", "b")) == ["b", "a"]
    variable.setenv("THING", "b,c")
    with pytest.raises(BadSetting, match="THING: c is none of a, b"):
        env.choices("THING", ("a", "b"))
