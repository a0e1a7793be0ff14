"""Items of a specification in words: facts, questions, sources, tables. What a chapter holds is decided in `outline`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from charniere.domain.board import Board, Note
from charniere.domain.boardfile import BoardFile
from charniere.export.documents.parts import Column, Entry, Fact, NoteCard, Table
from charniere.i18n import t
from charniere.spec.attributes import ATTRIBUTES
from charniere.spec.lines import Duty, Effect, Flow, PipelineStage, Trigger, Value
from charniere.spec.model import SECTIONS, Spec
from charniere.spec.parts import Item, Measure, Question, Rule, Source

_CHOICES: Final = {
    (section, one.name): one.choices
    for section, held in ATTRIBUTES.items()
    for one in held
    if one.widget == "choice"
}
_CITED: Final = frozenset({"covers", "feeds", "resolves", "channels"})  # names, on one line
_WIDTHS: Final = {
    "code": 9, "label": 30, "state": 12, "questions": 34, "why": 34, "sources": 24, "actions": 34, "criterion": 40,
    "values": 26, "criteria": 34, "then": 40, "when": 40, "given": 30, "purpose": 34, "duties": 50, "flows": 40,
    "answers": 40, "definition": 30, "milestone": 30, "entry": 30, "exit": 30, "max_values": 9, "personal": 11,
    "sensitive": 11, "votes": 8, "impact": 8, "effort": 8,
}  # fmt: skip
_WIDTH: Final = 18


class Reading:
    """A specification, its boards and the language of the document."""

    def __init__(self, spec: Spec, files: Sequence[BoardFile]) -> None:
        self.spec, self.lang = spec, spec.lang
        self.boards: Mapping[str, Board] = {file.id: file.board for file in files}
        self.people = {person: name for file in files for person, name in file.people.items()}
        self.objects = {one.key: one.label for one in spec.objects}
        self.labels = {one.id: one.label for name in SECTIONS for one in getattr(spec, name)}

    def lines(self, section: str) -> list[Item]:
        """The lines of a section that stand: those that were set aside have an annex of their own."""
        every: tuple[Item, ...] = getattr(self.spec, section)
        return [item for item in every if item.state != "rejected"]

    def steps(self) -> list[PipelineStage]:
        """The stages of pipelines, which are lines too."""
        return [
            stage
            for pipeline in self.spec.pipelines
            if pipeline.state != "rejected"
            for stage in pipeline.stages
            if stage.state != "rejected"
        ]

    def say(self, key: str, **params: str | int) -> str:
        return t(self.lang, key, **params)

    def colon(self, label: str, words: str) -> str:
        return self.say("document.colon", label=label, words=words)

    def note(self, source: Source) -> Note | None:
        """The note behind a source, unless it was written in private."""
        board = self.boards.get(source.board)
        found = board.notes.get(source.note) if board and source.note else None
        return None if found is None or found.private else found


def cite(reading: Reading, source: Source) -> str:
    """« n° 42 (Service client) », or the sheet of a stage, or a channel; with its board where there are several."""
    found = _named(reading, source)
    return f"{found} · {_board(reading, source)}" if found and len(reading.boards) > 1 else found


def citations(reading: Reading, sources: Iterable[Source]) -> str:
    """All sources in one line, each once; by board where there are several."""
    held: dict[str, dict[str, None]] = {}
    for source in sources:
        found = _named(reading, source)
        if found:
            held.setdefault(source.board, {})[found] = None
    if len(reading.boards) == 1:
        return ", ".join(found for named in held.values() for found in named)
    titles = {board: reading.boards[board].info.title if board in reading.boards else "" for board in held}
    return " · ".join(reading.colon(titles[board], ", ".join(named)) for board, named in held.items())


def _named(reading: Reading, source: Source) -> str:
    board = reading.boards.get(source.board)
    if source.note:
        note = reading.note(source)
        number = reading.say("spec.page.note", number=str(source.number or ""))
        return f"{number} ({note.team})" if note and note.team else number
    if board and source.channel in board.channels:
        return reading.say("spec.page.channel_source", name=board.channels[source.channel].name)
    if board and source.stage in board.stages:
        return reading.say("spec.page.stage_source", name=board.stages[source.stage].name)
    return ""


def _board(reading: Reading, source: Source) -> str:
    board = reading.boards.get(source.board)
    return board.info.title if board else ""


def card(reading: Reading, source: Source) -> NoteCard | None:
    note = reading.note(source)
    if note is None:
        return None
    return NoteCard(
        reading.say("spec.page.note", number=str(note.number)), str(note.kind or "none"), note.text
    )


def entry(reading: Reading, section: str, item: Item) -> Entry:
    """One item with its facts, the questions that it leaves, why it is there and where it comes from."""
    said = tuple(facts(reading, section, item))
    cards = [one for one in (card(reading, source) for source in item.sources) if one is not None]
    return Entry(
        code=item.code,
        label=item.label,
        state=item.state,
        state_name=reading.say(f"spec.state.{item.state}"),
        facts=said,
        why=reason(reading, item),
        sources=citations(reading, item.sources),
        notes=tuple(cards[: _beside(section, said)]),
        step=section == "steps",
    )


def _beside(section: str, said: Sequence[Fact]) -> int:
    """How many notes stand beside an entry without making it longer: the others are named among its sources."""
    return 0 if section == "actions" else max(1, min(3, len(said) // 2))


def reason(reading: Reading, item: Item) -> str:
    return reading.say(f"spec.rule.{item.reason.rule}", **named(reading, item.reason.params))


def named(reading: Reading, params: Mapping[str, str]) -> dict[str, str]:
    return {key: reading.objects.get(one, one) if key == "object" else one for key, one in params.items()}


def facts(reading: Reading, section: str, item: Item) -> Iterator[Fact]:
    """Each attribute that says something or asks something, in order."""
    asked = {question.about: question for question in item.questions}
    for name in (one.name for one in ATTRIBUTES[section]):
        words = tuple(values(reading, section, name, getattr(item, name)))
        question = asked.pop(name, None)
        if words or question:
            if name in _CITED or (section, name) == ("workflows", "answers"):
                words = (", ".join(words),) if words else ()
            text = ask(reading, question) if question else ""
            yield Fact(
                reading.say(f"spec.attr.{name}"), words, text, default=bool(words) and name in item.to_confirm
            )
    for name, question in asked.items():
        yield Fact(reading.say(f"spec.attr.{name}"), question=ask(reading, question))


def ask(reading: Reading, question: Question) -> str:
    return reading.say(f"spec.ask.{question.rule}", **question.params)


def values(reading: Reading, section: str, name: str, value: object) -> Iterator[str]:
    """An attribute in words; nothing for what is empty."""
    if value is None or value is False or value == "" or value == ():
        return
    if name == "probability":
        yield f"{value}\u00a0%"
    elif (section, name) in _CHOICES:
        yield reading.say(f"spec.value.{_CHOICES[section, name]}.{value}")
    elif name == "object":
        yield reading.objects.get(str(value), str(value))
    elif value is True:
        yield reading.say("spec.value.yes.true")
    elif isinstance(value, tuple):
        for one in value:
            yield from values(reading, section, "" if name == "object" else f"{name}.", one)
    elif isinstance(value, Source):
        yield cite(reading, value)
    elif isinstance(value, str) and name in ("covers.", "feeds."):
        yield reading.spec.codes.get(value, value)
    else:
        said = _said(reading, value)
        if said:
            yield said


def _said(reading: Reading, value: object) -> str:
    match value:
        case Measure() | Trigger():
            return value.words
        case Rule():
            return f" {reading.say(f'document.{value.join}')} ".join(c.words for c in value.conditions)
        case Effect():
            return reading.colon(reading.say(f"spec.value.effect.{value.kind}"), value.words)
        case Duty():
            return reading.colon(reading.say(f"spec.value.duty.{value.kind}"), value.words)
        case Flow():
            return f"{value.source} → {value.target}" + (f" ({value.data})" if value.data else "")
        case Value():
            return value.label
        case int() | float():
            return f"{value:g}"
        case _:
            return str(value)


def column(reading: Reading, key: str) -> Column:
    """A column for an attribute, or for what every item has."""
    own = key in ("code", "label", "state", "questions", "why", "sources")
    prefix = "document.column" if own else "spec.attr"
    return Column(key, reading.say(f"{prefix}.{key}"), _WIDTHS.get(key, _WIDTH))


def table(reading: Reading, section: str, items: Iterable[Item] | None = None) -> Table:
    """A section as a table: code, label, state, every attribute, questions, reason, sources."""
    attributes = [one.name for one in ATTRIBUTES[section]]
    keys = ("code", "label", "state", *attributes, "questions", "why", "sources")
    rows = []
    for item in reading.lines(section) if items is None else items:
        cells = [
            (", " if name in _CITED else "\n").join(values(reading, section, name, getattr(item, name)))
            for name in attributes
        ]
        questions = "\n".join(question_line(reading, one) for one in item.questions)
        state = reading.say(f"spec.state.{item.state}")
        cited = citations(reading, item.sources)
        rows.append((item.code, item.label, state, *cells, questions, reason(reading, item), cited))
    return Table(section, tuple(column(reading, key) for key in keys), tuple(rows), wide=True)


def question_line(reading: Reading, question: Question) -> str:
    return reading.colon(reading.say(f"spec.attr.{question.about}"), ask(reading, question))
