"""The catalogues say the same things in every language, all of them used; no sentence is written elsewhere."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from charniere.i18n import LANGS, both, catalogue, day, placeholders, t

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "backend" / "charniere" / "templates").glob("*.html"))
PLURALS = {"fr": {"one", "many", "other"}, "en": {"one", "other"}}
NAME = "Charnière"  # the one word that is the same everywhere


def test_the_languages_have_the_same_keys_with_the_same_parameters() -> None:
    french, english = catalogue("fr"), catalogue("en")
    assert set(french) == set(english)
    different = [key for key in french if placeholders(french[key]) != placeholders(english[key])]
    assert different == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_catalogues_are_written_in_order_and_complete_their_plurals(lang: str) -> None:
    text = (files("charniere") / "locales" / f"{lang}.json").read_text(encoding="utf-8")
    loaded = json.loads(text)
    assert list(loaded) == sorted(loaded)
    for key, entry in loaded.items():
        if isinstance(entry, dict):
            assert {"one", "other"} <= set(entry) <= PLURALS[lang], key  # millions fall back on "other"


@cache
def sources() -> str:
    """All code that may name a key: Python, templates, the browser's sources (generated lists of keys excepted)."""
    found = [*(ROOT / "backend").rglob("*.py"), *TEMPLATES]
    for suffix in ("ts", "svelte"):
        found += [f for f in (ROOT / "frontend" / "src").rglob(f"*.{suffix}") if ".gen." not in f.name]
    return "\n".join(file.read_text(encoding="utf-8") for file in found)


def test_no_key_is_left_without_use() -> None:
    """A key is used when it is written whole, or when the code makes it from a written beginning ("error.", `kind.${…}`)."""
    code = sources()
    begun = set(re.findall(r"""["'`]((?:[a-z][a-z0-9_]*\.)+)(?:["'`]\s*(?:~|\+)|\{|\$\{)""", code))
    written = set(re.findall(r"""["'`]((?:[a-z][a-z0-9_]*\.)+[A-Za-z0-9_]+)["'`]""", code))
    unused = [
        key
        for key in catalogue("fr")
        if key not in written and not any(key.startswith(beginning) for beginning in begun)
    ]
    assert unused == []


def test_french_puts_no_breaking_space_before_high_punctuation() -> None:
    loose = {
        key: entry
        for key, entry in catalogue("fr").items()
        if re.search(r" [;:!?»]|« ", json.dumps(entry, ensure_ascii=False).replace('": ', ""))
    }
    ours = {
        key for key in loose if key.startswith(("page.", "join.", "home.", "error.", "privacy.", "start."))
    }
    assert ours == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    labels = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    words = re.sub(r"<[^>]*>", "", text)
    assert [label for label in labels if re.search(r"[A-Za-zÀ-ÿ]", label)] == []
    assert re.findall(r"[A-Za-zÀ-ÿ]+", words.replace(NAME, "")) == []


def test_french_plurals_agree() -> None:
    said = [t("fr", "home.notes", n=n) for n in (0, 1, 2, 1234, 2_000_000)]
    assert said == ["0 note", "1 note", "2 notes", "1\u202f234 notes", "2\u202f000\u202f000 de notes"]
    assert [t("en", "home.notes", n=n) for n in (0, 1, 1234)] == ["0 notes", "1 note", "1,234 notes"]


def test_an_unknown_key_or_a_missing_parameter_is_an_error_never_a_blank() -> None:
    with pytest.raises(KeyError):
        t("fr", "no.such.key")
    with pytest.raises(KeyError):
        t("fr", "start.open")


def test_a_parameter_is_never_read_as_a_placeholder() -> None:
    assert t("en", "start.open", url="{url}{x}") == "Charnière is ready: {url}{x}"


def test_a_terminal_is_told_in_both_languages() -> None:
    french, english = both("start.address", host="x").splitlines()
    assert french != english


def test_a_day_is_written_as_people_say_it_and_words_are_left_alone() -> None:
    assert day("fr", "2026-10-06") == "6 octobre 2026"
    assert [day("fr", f"2026-11-{d}") for d in ("01", "11", "21")] == [
        "1er novembre 2026", "11 novembre 2026", "21 novembre 2026",
    ]  # fmt: skip
    assert day("en", "2026-11-01") == "1 November 2026"
    assert day("en", "2026-10-06") == "6 October 2026"
    assert day("fr", "un mardi") == "un mardi"
