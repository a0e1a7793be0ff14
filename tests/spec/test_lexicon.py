"""The lexicons: the same tables in both languages, patterns that compile, a search that misses nothing."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import charniere.spec.lexicon as lexicon
from charniere.spec.lexicon import cues, matching, table
from charniere.spec.lexicon.cue import Cue, beginnings, word_beginnings
from charniere.spec.words import fold
from spec.builders import GOLDEN, workshop

FOLDER = Path(lexicon.__file__).parent
NAMES = sorted(p.stem for p in (FOLDER / "fr").glob("*.toml"))


def test_both_languages_have_the_same_tables() -> None:
    assert sorted(p.stem for p in (FOLDER / "en").glob("*.toml")) == NAMES


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_cue_is_a_pattern(name: str, lang: str) -> None:
    for entry in cues(lang, name).values():
        assert entry.search("") is None or entry.always
    tomllib.loads((FOLDER / lang / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_tables_that_the_compiler_reads_by_key_have_them(lang: str) -> None:
    assert {"sales", "request", "onboarding", "support", "complaint", "renewal", "words"} <= set(
        table(lang, "pipelines")
    )
    assert {"sales", "request", "onboarding", "renewal"} == set(table(lang, "milestones"))
    assert set(table("fr", "phrases")) == set(table("en", "phrases"))
    assert set(table("fr", "effects")) == set(table("en", "effects"))


def test_a_cue_begins_at_the_beginning_of_a_word() -> None:
    cue = Cue(["art\\b"])
    assert cue.search("un art") is not None
    assert cue.search("une part") is None


@pytest.mark.parametrize(
    ("part", "begins"),
    [
        ("newsletter\\b", {"news"}),
        ("(?:alerte|signal)s?", {"aler", "sign"}),
        ("tac?hes", {"ta"}),
        ("\\bje signe", {"je s"}),
        ("\\d+ h", set()),
        ("(?:une )?demo", set()),
    ],
)
def test_what_an_alternative_begins_with_is_known_or_said_unknown(part: str, begins: set[str]) -> None:
    assert set(beginnings(part)) == begins


@pytest.mark.parametrize(
    "name", ["objects", "fields", "systems", "content", "personal", "effects", "views", "kpis"]
)
def test_the_short_way_finds_what_the_long_way_finds(name: str) -> None:
    for folder in GOLDEN.iterdir():
        for one in workshop(folder).board.notes.values():
            folded = fold(one.text)
            plain = tuple(e for e, cue in cues("fr", name).items() if cue._pattern.search(folded))
            assert matching("fr", name, folded) == plain


@given(st.text(alphabet="abcdeéàrtsnlo' -0123", max_size=60))
def test_the_short_way_never_misses(text: str) -> None:
    folded = fold(text)
    for cue in cues("fr", "effects").values():
        assert (cue.search(folded) is None) == (cue._pattern.search(folded) is None)


MIXED = ("art\\b", "^bon", "\\bjeu?", "lai(?:t|ne)", "(?:le|un) chat", "nord|sud", "^(?:\\w+ )?fin")


@given(
    st.lists(
        st.sampled_from(
            ("art", "part", "bon", "jeu", "lait", "seul chat", "le chat", "sud", "fin", "-", " ", "l'")
        )
    ),
    st.sets(st.sampled_from(MIXED), min_size=1),
    st.integers(0, 12),
)
def test_a_cue_finds_where_and_what_its_whole_pattern_finds(
    pieces: list[str], alternatives: set[str], start: int
) -> None:
    text = "".join(pieces)
    cue = Cue(sorted(alternatives))
    plain = cue._pattern.finditer(text, start)
    begun = cue.always or any(begin in word_beginnings(text) for begin in cue.beginnings)
    assert [m.span() for m in cue.finditer(text, start)] == ([m.span() for m in plain] if begun else [])
    first = cue.search(text, start, max(start, len(text) - 2))
    long_way = cue._pattern.search(text, start, max(start, len(text) - 2)) if begun else None
    assert (first and first.span()) == (long_way and long_way.span())


def test_no_cue_names_a_board_of_the_tests() -> None:
    """Rules are read from the language, never from one client: no proper name of a golden board is a cue."""
    names = {"aubrac", "sainte-luce", "aulnes", "harbour", "turbo"}
    text = " ".join(p.read_text(encoding="utf-8").lower() for p in FOLDER.rglob("*.toml"))
    assert [n for n in names if re.search(rf"\b{n}\b", text)] == []
