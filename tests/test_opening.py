"""The data folder is held by one process, readable by its owner, and refused in words."""

from pathlib import Path

import pytest

from charniere import opening
from charniere.opening import CannotStart
from charniere.settings import Settings
from charniere.store import schema


def test_a_new_folder_gets_a_database_and_a_secret_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    opened = opening.take(Settings(data=folder))
    opened.close()
    assert len(opened.secret) >= 32
    assert (folder / "secret").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    again = opening.take(Settings(data=folder))
    again.close()
    assert again.secret == opened.secret
    assert again.migrated == schema.Migrated(schema.head(), False, None)
    other = opening.take(Settings(data=tmp_path / "other"))
    other.close()
    assert other.secret != opened.secret


def test_a_given_secret_is_used_and_written_nowhere(tmp_path: Path) -> None:
    opened = opening.take(Settings(data=tmp_path, secret="x" * 40))
    opened.close()
    assert opened.secret == b"x" * 40
    assert not (tmp_path / "secret").exists()


def test_a_folder_in_use_is_refused_in_both_languages_and_free_afterwards(tmp_path: Path) -> None:
    opened = opening.take(Settings(data=tmp_path))
    with pytest.raises(CannotStart) as refused:
        opening.take(Settings(data=tmp_path))
    french, english = str(refused.value).splitlines()
    assert "Une autre Charnière" in french
    assert "Another Charnière" in english
    opened.close()
    opening.take(Settings(data=tmp_path)).close()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="file/data"):
        opening.take(Settings(data=tmp_path / "file" / "data"))


def test_a_failure_on_the_way_lets_the_folder_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(schema, "at", lambda path: "from-the-future")
        with pytest.raises(CannotStart, match="from-the-future"):
            opening.take(Settings(data=tmp_path))
    opening.take(Settings(data=tmp_path)).close()
