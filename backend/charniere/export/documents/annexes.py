"""The technical annexes: dictionary, statuses, acceptance tests, matrix, questions, findings, what became of every note."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from charniere.export.documents.parts import Block, Column, Table, Text
from charniere.export.documents.words import Reading, ask, citations, cite, named, table
from charniere.spec.model import SECTIONS, Cell, SetAside
from charniere.spec.parts import Item, Source

_GAPS: Final = (
    "irritant_without_action", "breakpoint_without_action", "action_without_owner", "action_without_date",
    "stage_without_exit", "stage_without_signal", "stage_without_owner", "touchpoint_without_object", "not_told_with_je",
)  # fmt: skip
_PLAIN: Final = {
    "fields": (
        "code", "label", "object", "type", "api_name", "values", "required_at", "definition", "owner", "update_rule",
        "reporting", "sources",
    ),
    "actions": (
        "code", "label", "nature", "owner", "team", "due", "votes", "impact", "effort", "family", "questions", "sources",
    ),
    "statuses": ("code", "label", "object", "category", "definition", "state", "sources"),
    "scenarios": ("code", "label", "journey_stage", "given", "when", "then", "covers", "sources"),
}  # fmt: skip


_PRINTED: Final = {
    "label": 38, "questions": 26, "nature": 14, "owner": 16, "team": 16, "due": 14, "votes": 9, "impact": 10, "effort": 9,
    "family": 14, "api_name": 26, "object": 18, "type": 13, "category": 14, "required_at": 15, "update_rule": 20,
    "journey_stage": 16, "covers": 12,
}  # fmt: skip
_HELD: Final = ("fields", "events", "kpis")
_UPRIGHT: Final = 130  # the sum of the widths that a page stood upright takes


def annexes(reading: Reading) -> Iterator[tuple[str, list[Block]]]:
    """Each annex with its key, in order; one that holds nothing is left out."""
    for name in ("actions", "fields", "statuses", "scenarios"):
        found = _kept(table(reading, name), _PLAIN[name])
        if found.rows:
            yield name, [found]
    tables = (
        ("matrix", matrix(reading)),
        ("questions", questions(reading)),
        ("findings", findings(reading)),
        ("gaps", gaps(reading)),
        ("coverage", coverage(reading)),
        ("rejected", _full(rejected(reading))),
    )
    for key, found in tables:
        if found.rows:
            lead = (
                [Text(reading.say(f"document.lead.{key}"), "lead")]
                if key in ("questions", "coverage", "matrix", "rejected")
                else []
            )
            yield key, [*lead, found]


def _kept(whole: Table, keys: tuple[str, ...]) -> Table:
    """The table with these columns only: a page is not as wide as a workbook, and an empty column tells nothing there."""
    places = [next(i for i, one in enumerate(whole.columns) if one.key == key) for key in keys]
    columns = tuple(_narrow(whole.columns[i]) for i in places)
    rows = tuple(tuple(row[i] for i in places) for row in whole.rows)
    return _full(Table(whole.name, columns, rows))


def _full(whole: Table) -> Table:
    """The table without its empty columns, on its side only if it needs to be."""
    full = [i for i in range(len(whole.columns)) if any(row[i] for row in whole.rows)]
    columns = tuple(whole.columns[i] for i in full)
    return Table(
        whole.name, columns, tuple(tuple(row[i] for i in full) for row in whole.rows), wide=_wide(columns)
    )


def _narrow(column: Column) -> Column:
    return replace(column, width=_PRINTED.get(column.key, column.width))


def _wide(columns: Sequence[Column]) -> bool:
    return sum(column.width for column in columns) > _UPRIGHT


def matrix(reading: Reading) -> Table:
    """Objects × journey stages: what the CRM keeps, sees and counts there, a row each."""
    spec, say = reading.spec, reading.say
    cells = {(cell.journey_stage, cell.object): cell for cell in spec.matrix.cells}
    names = dict.fromkeys((*spec.matrix.objects, *(cell.object for cell in spec.matrix.cells)))
    rows = []
    for name in names:
        for what in _HELD:
            held = [_held(reading, cells.get((stage, name)), what) for stage in spec.matrix.stages]
            if any(held):
                rows.append((reading.objects.get(name, name), say(f"document.matrix.{what}"), *held))
    columns = (
        Column("object", say("spec.attr.object"), 14),
        Column("what", say("document.column.what"), 12),
        *(Column("stage", s, 24) for s in spec.matrix.stages),
    )
    return Table("matrix", columns, tuple(rows), wide=_wide(columns))


def _held(reading: Reading, cell: Cell | None, what: str) -> str:
    if cell is None:
        return ""
    if what == "events":
        said = [
            event.label if event.observed else reading.say("document.unseen", label=event.label)
            for event in cell.events
        ]
        return "\n".join(said)
    return "\n".join(
        _code_and_label(reading, one) for one in (cell.fields if what == "fields" else cell.kpis)
    )


def _code_and_label(reading: Reading, identity: str) -> str:
    code = reading.spec.codes.get(identity, "")
    return f"{code} {reading.labels.get(identity, identity)}".strip()


def questions(reading: Reading) -> Table:
    """Everything that nobody said, with the question to ask."""
    say = reading.say
    every = [item for name in SECTIONS for item in reading.lines(name)]
    rows = [
        (
            item.code,
            item.label,
            say(f"spec.attr.{one.about}"),
            ask(reading, one),
            citations(reading, item.sources),
        )
        for item in (*every, *reading.steps())
        for one in item.questions
    ]
    columns = (
        _own(reading, "code", 9),
        _own(reading, "label", 30),
        _own(reading, "about", 16),
        _own(reading, "question", 36),
        _own(reading, "sources", 22),
    )
    return Table("questions", columns, tuple(rows))


def findings(reading: Reading) -> Table:
    """What a careful reader would remark, the gravest first."""
    say = reading.say
    order = ("error", "warning", "info")
    rows = [
        (
            one.code,
            say(f"spec.value.severity.{one.severity}"),
            say(f"spec.finding.{one.rule}", **named(reading, one.params)),
            ", ".join(reading.spec.codes.get(item, "") for item in one.items),
            citations(reading, one.sources),
        )
        for one in sorted(reading.spec.findings, key=lambda found: order.index(found.severity))
    ]
    columns = (
        _own(reading, "code", 9),
        _own(reading, "severity", 12),
        _own(reading, "finding", 44),
        _own(reading, "items", 16),
        _own(reading, "sources", 30),
    )
    return Table("findings", columns, tuple(rows))


def gaps(reading: Reading) -> Table:
    """What is missing on the wall, by its links."""
    rows = []
    for name in _GAPS:
        found: tuple[Source, ...] = getattr(reading.spec.coverage, name)
        if found:
            rows.append((reading.say(f"document.gap.{name}"), str(len(found)), citations(reading, found)))
    columns = (_own(reading, "gap", 36), _own(reading, "count", 8), _own(reading, "sources", 60))
    return Table("gaps", columns, tuple(rows))


def coverage(reading: Reading) -> Table:
    """Every note, what it says and what it became."""
    say = reading.say
    rows = []
    for use in reading.spec.coverage.notes:
        note = reading.note(use.note)
        codes = ", ".join(filter(None, (reading.spec.codes.get(one, "") for one in use.items)))
        why = say(f"spec.why_not.{use.why_not}") if use.why_not else ""
        twin = f" ({cite(reading, use.of)})" if use.of else ""
        kind = say(f"kind.{note.kind}") if note and note.kind else ""
        rows.append((cite(reading, use.note), kind, note.text if note else "", codes or f"{why}{twin}"))
    columns = (
        _own(reading, "note", 20),
        _own(reading, "kind", 17),
        _own(reading, "text", 50),
        _own(reading, "becomes", 26),
    )
    return Table("coverage", columns, tuple(rows))


def rejected(reading: Reading) -> Table:
    """Lines that people set aside, with what they said of it: nothing that had a code leaves the document unsaid."""
    spec, say = reading.spec, reading.say
    rows = [
        (
            one.code,
            say(f"spec.section.{one.section}"),
            one.label,
            _why(reading, one),
            reading.people.get(one.by, ""),
            citations(reading, one.sources),
        )
        for one in spec.rejected
    ]
    known = {one.id for one in spec.rejected}
    found: list[tuple[str, Item]] = [(name, item) for name in SECTIONS for item in getattr(spec, name)]
    found += [("steps", stage) for pipeline in spec.pipelines for stage in pipeline.stages]
    rows += [
        (item.code, say(f"spec.section.{name}"), item.label, "", "", citations(reading, item.sources))
        for name, item in found
        if item.state == "rejected" and item.id not in known
    ]
    columns = (
        _own(reading, "code", 9),
        _own(reading, "section", 16),
        _own(reading, "label", 34),
        _own(reading, "reason", 34),
        _own(reading, "by", 16),
        _own(reading, "sources", 26),
    )
    return Table("rejected", columns, tuple(rows))


def _why(reading: Reading, one: SetAside) -> str:
    if not one.into:
        return one.why
    into = reading.say("document.merged", line=_code_and_label(reading, one.into))
    return "\n".join(filter(None, (one.why, into)))


def _own(reading: Reading, key: str, width: int) -> Column:
    return Column(key, reading.say(f"document.column.{key}"), width)
