"""Settings are read strictly: what does not fit stops the start, in two languages."""

from pathlib import Path

import pytest

from charniere import settings
from charniere.settings import BadSetting, Settings


def test_without_anything_set_the_server_listens_to_this_machine_alone_and_keeps_data_out_of_the_tree() -> (
    None
):
    found = settings.load({"XDG_DATA_HOME": "/home/anna/.share"})
    assert (found.host, found.port, found.lang, found.public_url) == ("127.0.0.1", 8000, "fr", None)
    assert found.data == Path("/home/anna/.share/charniere")
    assert not settings.load({}).data.is_relative_to(Path(settings.__file__).parents[2])


def test_every_setting_is_read() -> None:
    found = settings.load(
        {
            "CHARNIERE_HOST": "::1",
            "CHARNIERE_PORT": "0",
            "CHARNIERE_DATA": "/srv/charniere",
            "CHARNIERE_PUBLIC_URL": "https://Parcours.exemple.fr:443/",
            "CHARNIERE_LANG": "en",
            "CHARNIERE_PROXIES": "10.0.0.1, 10.0.0.2",
            "CHARNIERE_SECRET": "x" * 32,
            "CHARNIERE_CONTROLLER": "Logivia  SAS",
            "CHARNIERE_LOG": "debug",
            "CHARNIERE_WRONG_LINKS": "3",
            "CHARNIERE_JOINS": "40",
        }
    )
    assert found == Settings(
        host="::1",
        port=0,
        data=Path("/srv/charniere"),
        public_url="https://parcours.exemple.fr",
        lang="en",
        proxies=("10.0.0.1", "10.0.0.2"),
        secret="x" * 32,
        controller="Logivia SAS",
        log_level="debug",
        wrong_links=3,
        joins=40,
    )


def test_the_command_line_wins_over_the_environment() -> None:
    found = settings.load({"CHARNIERE_PORT": "8001", "CHARNIERE_HOST": "10.0.0.1"}, port="8002", host=None)
    assert (found.port, found.host) == (8002, "10.0.0.1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "80.0"),
        ("PORT", "٨٠"),
        ("PORT", ""),
        ("HOST", "my host"),
        ("HOST", "-x"),
        ("LANG", "de"),
        ("LANG", "FR"),
        ("PUBLIC_URL", "parcours.exemple.fr"),
        ("PUBLIC_URL", "ftp://parcours.exemple.fr"),
        ("PUBLIC_URL", "https://parcours.exemple.fr/chemin"),
        ("PUBLIC_URL", "https://user:word@parcours.exemple.fr"),
        ("PUBLIC_URL", "https://parcours.exemple.fr:99999"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://a b"),
        ("PROXIES", "everybody"),
        ("PROXIES", "*"),
        ("PROXIES", "10.0.0.1,"),
        ("SECRET", "too-short"),
        ("LOG", "loud"),
        ("WRONG_LINKS", "0"),
        ("JOINS", "1e3"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_french_and_in_english(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as problem:
        settings.load({f"CHARNIERE_{name}": value})
    french, english = str(problem.value).splitlines()
    assert french.startswith(f"CHARNIERE_{name}")
    assert english.startswith(f"CHARNIERE_{name}")
    assert french != english


def test_a_secret_is_never_repeated_when_it_is_refused() -> None:
    with pytest.raises(BadSetting) as problem:
        settings.load({"CHARNIERE_SECRET": "my-weak-secret"})
    assert "my-weak-secret" not in str(problem.value)
    assert "my-good-secret" not in repr(Settings(secret="my-good-secret" * 3))


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("y" * 40 + "\n")
    assert settings.load({"CHARNIERE_SECRET_FILE": str(file)}).secret == "y" * 40
    with pytest.raises(BadSetting, match="CHARNIERE_SECRET_FILE"):
        settings.load({"CHARNIERE_SECRET_FILE": str(tmp_path / "none")})
    with pytest.raises(BadSetting, match="CHARNIERE_SECRET_FILE"):
        settings.load({"CHARNIERE_SECRET_FILE": str(file), "CHARNIERE_SECRET": "y" * 40})


def test_data_inside_the_program_are_refused() -> None:
    inside = Path(settings.__file__).parent / "data"
    with pytest.raises(BadSetting, match="--data"):
        settings.load({}, data=str(inside))


@pytest.mark.parametrize(
    ("platform", "environ", "end"),
    [
        ("linux", {}, ".local/share/charniere"),
        ("darwin", {}, "Library/Application Support/charniere"),
        ("win32", {"LOCALAPPDATA": "/c/local"}, "/c/local/charniere"),
    ],
)
def test_data_go_where_the_platform_keeps_them(
    platform: str, environ: dict[str, str], end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert settings.default_data(environ).as_posix().endswith(end)


def test_a_name_that_is_no_setting_is_noticed() -> None:
    environ = {
        "CHARNIERE_PULIC_URL": "x",
        "CHARNIERE_PORT": "1",
        "CHARNIERE_SECRET_FILE": "y",
        "CHARNIERE_SHARED": "z",
    }
    assert settings.unknown(environ | {"PATH": ""}) == ["CHARNIERE_PULIC_URL"]
