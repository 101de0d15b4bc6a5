"""The data directory is private, keeps its keys, and belongs to one supervisor at a time."""

import base64
import stat
from pathlib import Path

import pytest

from financehub.runtime import data_directory


class TestTheDirectory:
    def test_is_the_one_chosen_then_the_one_in_the_environment_then_the_xdg_home(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        monkeypatch.delenv("FINANCEHUB_DATA_DIR", raising=False)
        assert data_directory.locate() == tmp_path / "finance-hub"
        monkeypatch.setenv("FINANCEHUB_DATA_DIR", str(tmp_path / "b"))
        assert data_directory.locate() == tmp_path / "b"
        assert data_directory.locate(str(tmp_path / "c")) == tmp_path / "c"

    def test_is_closed_to_others(self, tmp_path: Path) -> None:
        data_directory.create(tmp_path / "hub")
        assert stat.S_IMODE((tmp_path / "hub").stat().st_mode) == 0o700

    def test_has_one_supervisor(self, tmp_path: Path) -> None:
        held = data_directory.lock(tmp_path)
        with pytest.raises(data_directory.AlreadyRunning, match=r"already runs on .* --data-dir"):
            data_directory.lock(tmp_path)
        data_directory.release(held)
        data_directory.release(data_directory.lock(tmp_path))


class TestTheKeys:
    def test_are_made_once_and_kept(self, tmp_path: Path) -> None:
        first = data_directory.keys(tmp_path)
        assert data_directory.keys(tmp_path) == first
        assert set(first) >= {"FINANCEHUB_KEYS", "FINANCEHUB_SECRET_KEY", "PLUGGY_WEBHOOK_SECRET"}

    def test_hold_a_key_of_32_bytes(self, tmp_path: Path) -> None:
        name, _, key = data_directory.keys(tmp_path)["FINANCEHUB_KEYS"].partition(":")
        assert name == "first"
        assert len(base64.urlsafe_b64decode(key)) == 32

    def test_are_readable_by_their_owner_only(self, tmp_path: Path) -> None:
        data_directory.keys(tmp_path)
        assert stat.S_IMODE((tmp_path / data_directory.KEYS_FILE).stat().st_mode) == 0o600

    def test_differ_between_installations(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        first, second = data_directory.keys(tmp_path / "a"), data_directory.keys(tmp_path / "b")
        assert all(first[name] != second[name] for name in first)


class TestVariables:
    def test_are_read_back_as_written(self, tmp_path: Path) -> None:
        file = tmp_path / "some.env"
        data_directory.write_variables(file, {"A": "1=2", "B": "c d"})
        assert data_directory.read_variables(file) == {"A": "1=2", "B": "c d"}

    def test_are_none_without_a_file(self, tmp_path: Path) -> None:
        assert data_directory.read_variables(tmp_path / "absent.env") == {}
