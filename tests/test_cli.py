"""The command line finds its commands and wakes nothing it does not need."""

import subprocess
import sys

import pytest

from charniere import __version__, cli, i18n

HEAVY = "fastapi", "sqlalchemy", "docx", "typst", "openpyxl", "xlsxwriter", "uvicorn"


def test_every_module_of_commands_is_a_command() -> None:
    for module in cli.command_names().values():
        assert module.startswith("charniere.commands.")
    assert all("_" not in name for name in cli.command_names())


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from charniere import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print('LOADED', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "LOADED"
    assert [name for name in cli.command_names() if name not in said] == []


@pytest.mark.parametrize("name", cli.command_names())
@pytest.mark.parametrize("lang", i18n.LANGS)
def test_every_command_has_its_line_in_the_list(name: str, lang: str) -> None:
    catalogue = i18n.catalogue(lang)
    assert f"{name}.help" in catalogue or f"start.help.{name}" in catalogue


@pytest.mark.parametrize("name", cli.command_names())
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([name, "--help"])
    assert stopped.value.code == 0
    assert f"utilisation\u00a0: charniere {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "il manque\u00a0: commande"),
        (["danser"], "commande\u00a0: 'danser' n’est pas un choix possible (au choix\u00a0: "),
        (["import"], "il manque\u00a0: notes.csv"),
        (["import", "a.csv", "--lang", "de"], "--lang\u00a0: 'de' n’est pas un choix possible"),
        (["import", "a.csv", "-o"], "-o/--output\u00a0: une valeur est attendue"),
        (["serve", "--prot"], "mots ou options inconnus\u00a0: --prot"),
        (["serve", "--p", "1"], "option ambiguë\u00a0: --p peut être --port, --public-url"),
        (["serve", "--lan=3"], "--lan\u00a0: '3' est de trop"),
    ],
)
def test_a_command_written_wrongly_is_told_so_in_french(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed)
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith("utilisation\u00a0: charniere")
    assert "error" not in told


def test_the_headings_of_the_help_are_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["import", "--help"])
    told = capsys.readouterr().out
    for words in ("à donner\u00a0:", "options\u00a0:", "afficher cette aide"):
        assert words in told
    assert "show" not in told


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["danser"])
    assert stopped.value.code == 2
    assert "danser" in capsys.readouterr().err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.strip() == f"charniere {__version__}"
