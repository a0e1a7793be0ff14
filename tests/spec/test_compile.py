"""What holds of every specification: deterministic, stable, traceable, nothing invented, nothing dropped."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charniere.domain.board import Kind, Note, Stage
from charniere.domain.boardfile import BoardFile
from charniere.spec.compile import compile_spec, decode, encode, items
from charniere.spec.model import SECTIONS, Spec
from charniere.spec.words import fold
from spec.builders import GOLDEN, SHARED, board, note, workshop
from spec.outline import outline

BOARDS = sorted(p.parent for p in GOLDEN.glob("*/notes.csv"))
SHARED_BOARDS = sorted(p.parent for p in (SHARED / "workshops").glob("*/notes.csv"))
every_board = pytest.mark.parametrize("folder", BOARDS + SHARED_BOARDS, ids=lambda p: p.name)


@every_board
def test_the_same_board_gives_the_same_bytes_whatever_the_order_of_its_records(folder: Path) -> None:
    file = workshop(folder)
    shuffled = list(file.records)
    random.Random(1).shuffle(shuffled)
    assert encode(compile_spec([file])) == encode(compile_spec([replace(file, records=tuple(shuffled))]))


@every_board
def test_a_specification_reads_back_equal(folder: Path) -> None:
    spec = compile_spec([workshop(folder)])
    assert decode(encode(spec)) == spec


@every_board
def test_every_item_has_one_id_one_code_a_source_and_a_label(folder: Path) -> None:
    spec = compile_spec([workshop(folder)])
    found = list(items(spec))
    assert len({i.id for i in found}) == len(found)
    assert len({i.code for i in found} | {f.code for f in spec.findings}) == len(found) + len(spec.findings)
    assert [i.id for i in found if not i.sources or not i.label.strip() or not i.code] == []


@every_board
def test_every_note_is_accounted_for_and_every_source_exists(folder: Path) -> None:
    file = workshop(folder)
    spec = compile_spec([file])
    value = file.board
    assert {u.note.note for u in spec.coverage.notes} == set(value.notes)
    assert all(bool(u.items) != bool(u.why_not) for u in spec.coverage.notes)
    for item in items(spec):
        for source in item.sources:
            assert source.note is None or source.note in value.notes
            assert source.stage is None or source.stage in value.stages
            assert source.channel is None or source.channel in value.channels


@every_board
def test_no_figure_is_invented(folder: Path) -> None:
    """Every figure of an item is in the notes and sheets it cites; what the method proposes is marked to be confirmed."""
    file = workshop(folder)
    value = file.board
    for item in items(compile_spec([file])):
        said = " ".join(
            [
                *(value.notes[s.note].text for s in item.sources if s.note),
                *(_sheet(value.stages[s.stage]) for s in item.sources if s.stage),
            ]
            + [p.label for p in getattr(item, "stages", ())]
            + [s.name for s in value.stages.values()]
        )
        known = set(re.findall(r"\d+", said))
        kept = {
            k: v
            for k, v in msgspec.to_builtins(item).items()
            if k not in _NOT_WORDS and k not in item.to_confirm
        }
        for figure in {f for words in _words(kept) for f in re.findall(r"\d+", words)}:
            assert figure in known, (item.id, figure)
        for measure in _measures(msgspec.to_builtins(item)):
            assert fold(measure["words"]) in fold(_whole(file)), (item.id, measure["words"])


# Not said by the item's own notes: identities, the next stage's words, a persona's segment, the definition of a shared field.
_NOT_WORDS = set(
    "id code reason sources questions votes impact effort due due_day probability covers feeds resolves max_values order stages "
    "number then shows when channel duties answers exit audience definition".split()
)


def _sheet(stage: Stage) -> str:
    return " ".join([stage.name, stage.goal, stage.exit_criteria, stage.expected_delay, *stage.kpis])


def _whole(file: BoardFile) -> str:
    value = file.board
    return " ".join([*(n.text for n in value.notes.values()), *(_sheet(s) for s in value.stages.values())])


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("amount", *_NOT_WORDS):
                yield from _words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _words(one)


def _measures(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "amount" in value and "direction" in value:
            yield value
        for one in value.values():
            yield from _measures(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _measures(one)


@pytest.mark.parametrize("folder", BOARDS, ids=lambda p: p.name)
def test_the_reviewed_specification_of_a_golden_board_stands(folder: Path) -> None:
    """A difference is read line by line, then `python tests/spec/outline.py` writes the files again."""
    assert outline(workshop(folder)) == (folder / "spec.txt").read_text(encoding="utf-8")


def test_ids_and_codes_stay_when_notes_come_and_go() -> None:
    first = board(
        note(1, Kind.action, "Relancer tout devis sans réponse depuis 10 jours", 2, "c3"),
        note(2, Kind.action, "Alerte au CSM si baisse de fréquentation de 25 %", 4, "c3"),
    )
    before = compile_spec([first])
    again = board(
        note(9, Kind.action, "Alerte au directeur si note inférieure à 3", 1, "c3"),
        note(2, Kind.action, "Alerte au CSM si baisse de fréquentation de 25 %", 4, "c3"),
        note(1, Kind.action, "Relancer tout devis sans réponse depuis 12 jours", 2, "c3"),
    )
    after = compile_spec([again], before.codes)
    assert {w.id: w.code for w in before.workflows}.items() <= {w.id: w.code for w in after.workflows}.items()
    new = next(w for w in after.workflows if w.sources[0].number == 9)
    assert new.code not in before.codes.values()
    gone = compile_spec(
        [board(note(9, Kind.action, "Alerte au directeur si note inférieure à 3", 1, "c3"))], after.codes
    )
    assert set(after.codes.items()) <= set(gone.codes.items())


def test_two_boards_of_a_project_make_one_specification() -> None:
    one = board(
        note(1, Kind.touchpoint, "Je signe", 3),
        note(2, Kind.action, "Alerte au CSM si baisse de 30 %", 4, "c3"),
    )
    two = board(note(1, Kind.touchpoint, "J'ouvre un ticket depuis mon espace", 4, "c2"), board_id="board-2")
    spec = compile_spec([one, two])
    assert [b.id for b in spec.boards] == ["board-1", "board-2"]
    assert len(spec.journey) == 5
    assert len(spec.coverage.notes) == 3
    assert {(u.note.board, u.note.number) for u in spec.coverage.notes} == {
        ("board-1", 1),
        ("board-1", 2),
        ("board-2", 1),
    }
    found = list(items(spec))
    assert len({i.id for i in found}) == len(found)


BUYS = ("J'assiste à une démo", "Je reçois la proposition", "Je négocie la remise")
RENTS = ("Je visite le local", "Je passe un entretien", "Je verse un acompte")


def two_personas(first: tuple[str, ...], second: tuple[str, ...]) -> Spec:
    notes = [note(i, Kind.touchpoint, text, 2) for i, text in enumerate((*first, "Je signe le devis"), 1)]
    others = [note(i, Kind.touchpoint, text, 2) for i, text in enumerate((*second, "Je signe le devis"), 11)]
    return compile_spec([board(*notes), board(*others, board_id="board-2", persona="persona-2")])


def test_personas_who_buy_alike_share_a_pipeline() -> None:
    spec = two_personas(BUYS, BUYS)
    assert [p.personas for p in spec.pipelines if p.key == "sales"] == [()]


def test_personas_who_buy_otherwise_have_their_own() -> None:
    spec = two_personas(BUYS, RENTS)
    sales = [p for p in spec.pipelines if p.key == "sales"]
    assert [p.personas for p in sales] == [("persona-1",), ("persona-2",)]
    assert sales[1].label.endswith("(Denis)")
    found = list(items(spec))
    assert len({i.id for i in found}) == len(found)


def test_a_board_pins_what_it_was_compiled_from() -> None:
    file = board(note(1, Kind.touchpoint, "Je signe", 3))
    changed = board(note(1, Kind.touchpoint, "Je signe !", 3))
    first, second = compile_spec([replace(file, seq=7)]), compile_spec([changed])
    assert (first.boards[0].id, first.boards[0].seq) == ("board-1", 7)
    assert first.boards[0].digest != second.boards[0].digest
    assert first.boards[0].digest == compile_spec([replace(file, people={"x": "y"})]).boards[0].digest


def test_an_empty_board_is_a_specification_full_of_questions() -> None:
    spec = compile_spec([board()])
    assert spec.coverage.notes == ()
    assert all(t.state == "to_complete" for t in spec.transitions)


def test_the_top_level_keys_are_the_contract() -> None:
    keys = list(msgspec.to_builtins(Spec(project=board().project)))
    assert [k for k in keys if k in SECTIONS] == list(SECTIONS)
    assert {
        "format",
        "version",
        "matrix",
        "coverage",
        "findings",
        "boards",
        "personas",
        "project",
        "journey",
        "codes",
    } <= set(keys)


def test_no_board_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a board"):
        compile_spec([])


def test_a_note_is_never_markup_nor_a_pattern() -> None:
    nasty = [
        "=1+1",
        "<b>x</b> {{7*7}} {name} %s",
        "((((([[[",
        "a" * 5000,
        "\u202e",
        "sous 99999999999999999999 jours ouvrés",
        "J-0 J+0 :::: ;;;;",
    ]
    notes: list[Note] = [
        note(i, kind, text, 1 + i % 5, "c3") for i, text in enumerate(nasty, 1) for kind in (Kind.action,)
    ]
    spec = compile_spec([board(*notes)])
    assert decode(encode(spec)) == spec


FRAGMENTS = (
    "sous 6 h ouvrées",
    "dès que",
    "J-90",
    "J+3 et",
    "si",
    "sans réponse depuis",
    "alerte au CSM",
    "relancer",
    "statuts :",
    "(a, b, c)",
    "obligatoires",
    "motif de",
    "date de",
    "=",
    "→",
    "+",
    ";",
    "?",
    "« »",
    "le devis",
    "un ticket",
    "15 %",
    "avant l'échéance",
    "je signe",
    "(",
    ":",
    "3 mois avant",
    "within 2 days",
    "every",
    "\n",
    "…",
    "🙂",
    "urgence : x = 2 h, y = 3 h",
    "par région et",
    "score de",
    "en 15 jours",
    "puis",
    "avec un champ",
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, *Kind]),
            st.lists(st.sampled_from(FRAGMENTS), max_size=7),
            st.integers(0, 5),
            st.sampled_from("123"),
        ),
        max_size=12,
    ),
    st.sampled_from(["fr", "en"]),
    st.lists(st.sampled_from(FRAGMENTS), max_size=6),
)
def test_no_heap_of_words_stops_the_compiler(
    drawn: list[tuple[Kind | None, list[str], int, str]], lang: str, exit_words: list[str]
) -> None:
    notes = [
        note(i, kind, " ".join(words), stage or None, f"c{channel}")
        for i, (kind, words, stage, channel) in enumerate(drawn, 1)
    ]
    links = tuple((i, i + 1) for i in range(1, len(notes)) if notes[i - 1].kind is Kind.action)
    spec = compile_spec([board(*notes, lang=lang, links=links, exits={2: " ".join(exit_words)})])
    found = list(items(spec))
    assert len({i.id for i in found}) == len(found)
    assert len(spec.coverage.notes) == len(notes)
    assert decode(encode(spec)) == spec
