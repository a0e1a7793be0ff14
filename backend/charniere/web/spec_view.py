"""A specification made ready for its page: sections, lines with their facts in words, and the notes beside each line.

Nothing here decides anything about the specification; nothing here is HTML.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from charniere.domain.board import Board, Note
from charniere.i18n import t
from charniere.spec.attributes import ATTRIBUTES
from charniere.spec.lines import Duty, Effect, Flow, Trigger, Value
from charniere.spec.model import SECTIONS, Finding, Spec
from charniere.spec.parts import Item, Measure, Question, Rule, Source

NOTED: Final = 8  # notes under a finding
SHOWN: Final = 3  # notes beside a line before « and n more »
# sections whose lines are low, or whose label is the note's own words
SHORT: Final = {"objects": 1, "statuses": 1, "views": 2, "roles": 1, "scenarios": 1, "actions": 1}
_BY_NAME: Final = {(section, one.name): one for section, found in ATTRIBUTES.items() for one in found}


@dataclass(frozen=True)
class Card:
    """A note as it stands beside a line."""

    kind: str
    number: int
    ref: str
    text: str
    place: str
    votes: int | None
    anchor: str  # of the note's own card, under coverage


@dataclass(frozen=True)
class Fact:
    """One attribute in words. `missing` holds the question to ask when nobody said it; `default` marks the method's proposals."""

    label: str
    words: tuple[str, ...] = ()
    missing: str = ""
    default: bool = False


@dataclass(frozen=True)
class Step:
    """A stage of a pipeline."""

    code: str
    anchor: str
    label: str
    milestone: str
    outcome: str
    outcome_name: str
    probability: str
    proposed: bool
    delay: str
    missing: tuple[str, ...]
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One item."""

    code: str
    anchor: str
    label: str
    state: str
    facts: tuple[Fact, ...]
    why: str
    cards: tuple[Card, ...]
    more: tuple[Card, ...]
    places: tuple[str, ...]
    critical: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section with its lines and how many of them still ask something."""

    name: str
    lines: tuple[Line, ...]
    open: int
    confirm: int


@dataclass(frozen=True)
class Mark:
    """One thing in a crossing of the matrix."""

    kind: str  # field, event, kpi
    label: str
    seen: bool = True


@dataclass(frozen=True)
class Row:
    """An object of the matrix with one cell per stage."""

    label: str
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class Remark:
    """A finding, with the notes and lines it is about."""

    severity: str
    words: str
    count: int
    cards: tuple[Card, ...]
    more: tuple[Card, ...]
    places: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]  # anchor, code


@dataclass(frozen=True)
class Use:
    """What became of a note."""

    card: Card
    lines: tuple[tuple[str, str], ...]
    why_not: str


class Reading:
    """A specification, its boards and the reader's language: what every function below needs."""

    def __init__(self, spec: Spec, boards: Mapping[str, Board], lang: str) -> None:
        self.spec, self.boards, self.lang = spec, boards, lang
        self.objects = {o.key: o.label for o in spec.objects}
        self.labels = {i.id: i.label for name in SECTIONS for i in getattr(spec, name)}

    def say(self, key: str, **params: str | int) -> str:
        return t(self.lang, key, **params)


def sections(reading: Reading) -> tuple[Section, ...]:
    """Every section of lines, in the order of the file."""
    out = []
    for name in SECTIONS:
        items: tuple[Item, ...] = getattr(reading.spec, name)
        lines = tuple(_line(reading, name, item) for item in items)
        waiting = sum(1 for item in items if item.state == "to_complete")
        confirm = sum(1 for item in items if item.state == "to_confirm")
        out.append(Section(name, lines, waiting, confirm))
    return tuple(out)


def matrix_rows(reading: Reading) -> tuple[Row, ...]:
    """Objects that something is observed on, in order."""
    matrix = reading.spec.matrix
    held = {(c.journey_stage, c.object): c for c in matrix.cells}
    rows: list[Row] = []
    for name in (*matrix.objects, *(c.object for c in matrix.cells if c.object not in matrix.objects)):
        if any(row.label == reading.objects.get(name, name) for row in rows):
            continue
        cells = []
        for stage in matrix.stages:
            cell = held.get((stage, name))
            marks: list[Mark] = []
            if cell:
                marks += [Mark("field", reading.labels.get(one, one)) for one in cell.fields]
                marks += [Mark("event", event.label, event.observed) for event in cell.events]
                marks += [Mark("kpi", reading.labels.get(one, one)) for one in cell.kpis]
            cells.append(tuple(marks))
        if any(cells):
            rows.append(Row(reading.objects.get(name, name), tuple(cells)))
    return tuple(rows)


def remarks(reading: Reading) -> tuple[Remark, ...]:
    """Findings, the gravest first; those that say the same thing of several notes are said once."""
    together: dict[tuple[str, str], list[Finding]] = {}
    for finding in reading.spec.findings:
        words = reading.say(f"spec.finding.{finding.rule}", **_named(reading, finding.params))
        together.setdefault((finding.severity, words), []).append(finding)
    order = ("error", "warning", "info")
    out = []
    for (severity, words), group in sorted(together.items(), key=lambda one: order.index(one[0][0])):
        found = tuple(dict.fromkeys(source for finding in group for source in finding.sources))
        cards = _cards(reading, found)
        lines = dict.fromkeys(item for finding in group for item in finding.items)
        out.append(
            Remark(
                severity,
                words,
                len(group),
                cards[:NOTED],
                cards[NOTED:],
                _places(reading, found),
                tuple((_anchor(one), reading.spec.codes.get(one, "")) for one in lines),
            )
        )
    return tuple(out)


def uses(reading: Reading) -> tuple[Use, ...]:
    """Every note with the lines that it feeds."""
    out = []
    for use in reading.spec.coverage.notes:
        card = _cards(reading, (use.note,))
        if not card:
            continue
        codes = [(one, reading.spec.codes.get(one, "")) for one in use.items]
        lines = tuple((_anchor(one), code) for one, code in codes if code)
        why = reading.say(f"spec.why_not.{use.why_not}") if use.why_not else ""
        out.append(Use(card[0], lines, why))
    return tuple(out)


def _line(reading: Reading, section: str, item: Item) -> Line:
    cards = _cards(reading, item.sources)
    steps = tuple(_step(reading, stage) for stage in getattr(item, "stages", ()))
    return Line(
        code=item.code,
        anchor=_anchor(item.id),
        label=item.label,
        state=item.state,
        facts=tuple(_facts(reading, section, item)),
        why=reading.say(f"spec.rule.{item.reason.rule}", **_named(reading, item.reason.params)),
        cards=cards[: SHORT.get(section, SHOWN)],
        more=cards[SHORT.get(section, SHOWN) :],
        places=_places(reading, item.sources),
        critical=bool(getattr(item, "critical", False)),
        steps=steps,
    )


def _facts(reading: Reading, section: str, item: Item) -> Iterable[Fact]:
    questions = {q.about: q for q in item.questions}
    for name in (one.name for one in ATTRIBUTES[section] if one.widget != "cited"):
        words = tuple(_words(reading, section, name, getattr(item, name)))
        question = questions.pop(name, None)
        label = reading.say(f"spec.attr.{name}")
        if words:
            yield Fact(label, words, default=name in item.to_confirm)
        elif question:
            yield Fact(label, missing=_asked(reading, question))
        if words and question:
            yield Fact(label, missing=_asked(reading, question))
    for question in questions.values():
        yield Fact(reading.say(f"spec.attr.{question.about}"), missing=_asked(reading, question))


def _asked(reading: Reading, question: Question) -> str:
    return reading.say(f"spec.ask.{question.rule}", **question.params)


def _words(reading: Reading, section: str, name: str, value: Any) -> Iterable[str]:
    """The value of an attribute in words; nothing for what is empty."""
    if value is None or value == "" or value is False or value == ():
        return
    attribute = _BY_NAME.get((section, name))
    if attribute is not None and attribute.widget == "choice":
        yield reading.say(f"spec.value.{attribute.choices}.{value}")
    elif name == "object":
        yield reading.objects.get(value, value)
    elif value is True:
        yield reading.say("spec.value.yes.true")
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(reading, "", "", one)
    elif isinstance(value, Struct_):
        words = _struct(reading, value)
        if words:
            yield words
    elif isinstance(value, int | float):
        yield f"{value:g}"
    else:
        yield str(value)


Struct_ = (Measure, Rule, Trigger, Effect, Duty, Flow, Value)


def _struct(reading: Reading, value: Measure | Rule | Trigger | Effect | Duty | Flow | Value) -> str:
    match value:
        case Measure():
            return value.words
        case Rule():
            return " · ".join(c.words for c in value.conditions)
        case Trigger():
            return value.words
        case Effect():
            verb = reading.say(f"spec.value.effect.{value.kind}")
            return f"{verb} · {value.words}"
        case Duty():
            return f"{reading.say(f'spec.value.duty.{value.kind}')} · {value.words}"
        case Flow():
            tail = f" · {value.data}" if value.data else ""
            return f"{value.source} → {value.target}{tail}"
        case Value():
            return value.label


def _step(reading: Reading, stage: Any) -> Step:
    return Step(
        code=stage.code,
        anchor=_anchor(stage.id),
        label=stage.label,
        milestone=stage.milestone,
        outcome=stage.outcome,
        outcome_name=reading.say(f"spec.value.outcome.{stage.outcome}"),
        probability="" if stage.probability is None or stage.outcome != "open" else f"{stage.probability} %",
        proposed="probability" in stage.to_confirm or "label" in stage.to_confirm,
        delay=stage.max_delay.words if stage.max_delay else "",
        missing=tuple(_asked(reading, q) for q in stage.questions),
        refs=tuple(
            card.ref or reading.say("spec.page.note", number=card.number)
            for card in _cards(reading, stage.sources)
        ),
    )


def _cards(reading: Reading, sources: Iterable[Source]) -> tuple[Card, ...]:
    out = []
    for source in sources:
        board = reading.boards.get(source.board)
        note = board.notes.get(source.note) if board and source.note else None
        if board and note:
            out.append(_card(source.board, board, note))
    return tuple(out)


def _card(board_id: str, board: Board, note: Note) -> Card:
    stage = board.stages.get(note.stage) if note.stage else None
    channel = board.channels.get(note.channel) if note.channel else None
    place = ", ".join(one.name for one in (stage, channel) if one)
    anchor = f"note-{board_id}-{note.id}"
    return Card(str(note.kind or "none"), note.number, note.ref, note.text, place, note.votes, anchor)


def _places(reading: Reading, sources: Iterable[Source]) -> tuple[str, ...]:
    """The stage sheets and channels among the sources, in words, each once."""
    out: dict[str, None] = {}
    for source in sources:
        board = reading.boards.get(source.board)
        if not board or source.note:
            continue
        if source.channel and source.channel in board.channels:
            out.setdefault(reading.say("spec.page.channel_source", name=board.channels[source.channel].name))
        elif source.stage and source.stage in board.stages:
            out.setdefault(reading.say("spec.page.stage_source", name=board.stages[source.stage].name))
    return tuple(out)


def _named(reading: Reading, params: Mapping[str, str]) -> dict[str, str]:
    return {
        name: reading.objects.get(value, value) if name == "object" else value
        for name, value in params.items()
    }


def _anchor(identity: str) -> str:
    """A fragment for the address: letters, digits, dots, hyphens."""
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in identity)
