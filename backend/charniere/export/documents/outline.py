"""A specification as chapters, made once for every format: for business readers first, the technical annexes after."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona
from charniere.export.documents import annexes, drawing
from charniere.export.documents.parts import (
    Block,
    Bullets,
    Chapter,
    Column,
    Fact,
    Facts,
    Outline,
    Table,
    Text,
)
from charniere.export.documents.release import release
from charniere.export.documents.wall import wall_of
from charniere.export.documents.words import Reading, citations, entry
from charniere.i18n import day, t
from charniere.spec.edition import DRAFT, Edition
from charniere.spec.lines import Pipeline
from charniere.spec.model import SECTIONS, Spec

# What business readers read as text; the other sections are tables among the annexes.
TOLD: Final = (
    "objects", "pipelines", "transitions", "workflows", "views", "kpis", "sla", "scoring", "roles", "integrations",
    "content", "personal_data",
)  # fmt: skip
_COVER: Final = (487.0, 280.0)  # the room of the drawing on the cover, in points
_FIRST: Final = 6  # actions on the executive page
_DIGEST: Final = 16
_CIRCUMSTANCES: Final = ("date", "duree", "duration", "lieu", "place", "participants")


def outline(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> Outline:
    """The same specification, boards and edition give the same outline."""
    reading = Reading(spec, files)
    say = reading.say
    numbers = count(1)
    told = [
        ("summary", _summary(reading)),
        ("context", _context(reading)),
        ("personas", _personas(reading)),
        ("journey", _journey(reading)),
        *((name, _section(reading, name)) for name in TOLD),
    ]
    chapters = [
        Chapter(key, str(next(numbers)), _title(reading, key), tuple(blocks))
        for key, blocks in told
        if blocks
    ]
    chapters += [
        Chapter(key, chr(ord("A") + i), _title(reading, key), tuple(blocks))
        for i, (key, blocks) in enumerate(annexes.annexes(reading))
    ]
    pins = ", ".join(pin.title for pin in spec.boards if pin.title)
    return Outline(
        lang=spec.lang,
        title=say("document.title"),
        client=spec.project.client,
        subtitle=say("document.subtitle", boards=pins),
        release=(issued := release(reading, edition)),
        cover=tuple(_cover(reading, issued.title, edition.digest)),
        picture=drawing.cover(wall_of(files[0].board), spec.lang, *_COVER),
        chapters=tuple(chapters),
    )


def _title(reading: Reading, key: str) -> str:
    own = key not in (*SECTIONS, "matrix", "coverage", "findings", "rejected")
    return reading.say(f"document.chapter.{key}" if own else f"spec.section.{key}")


def _cover(reading: Reading, version: str, digest: str) -> list[Fact]:
    spec, say = reading.spec, reading.say
    rows = [
        Fact(say("document.cover.client"), (spec.project.client,)),
        Fact(say("document.cover.version"), (version,)),
        Fact(say("document.cover.workshop"), (_workshop(reading),)),
        Fact(say("document.cover.purpose"), (spec.project.purpose,)),
        Fact(say("document.release.digest"), (_short(digest),)),
    ]
    return [row for row in rows if any(row.words)]


def _short(digest: str) -> str:
    """« 9f3c 17a8 e2b0 44d1 »: enough to compare two copies by eye; the whole of it is with the approvals."""
    return " ".join(digest[at : at + 4] for at in range(0, min(len(digest), _DIGEST), 4))


def _workshop(reading: Reading) -> str:
    said = reading.spec.project.workshop
    known = [
        reading.say("document.cover.people", n=int(said[key]))
        if key == "participants" and said[key].isdecimal() and len(said[key]) < 7
        else day(reading.lang, said[key])
        for key in _CIRCUMSTANCES
        if said.get(key)
    ]
    return ", ".join(known)


def _summary(reading: Reading) -> list[Block]:
    """One page: the figures, what is decided first, what is left to decide."""
    spec, say = reading.spec, reading.say
    used = sum(1 for use in spec.coverage.notes if use.items)
    every = [*(item for name in SECTIONS for item in reading.lines(name)), *reading.steps()]
    open_ = sum(1 for item in every if item.state == "to_complete")
    confirm = sum(1 for item in every if item.state == "to_confirm")
    validated = sum(1 for item in every if item.state == "validated")
    critical = [one for one in spec.scenarios if one.critical and one.state != "rejected"]
    counted = [
        say("document.figure", n=len(reading.lines(name)), what=say(f"spec.section.{name}"))
        for name in SECTIONS
        if reading.lines(name)
    ]
    blocks: list[Block] = [
        Text(say("document.summary.lead", n=used, total=len(spec.coverage.notes)), "lead"),
        Text(say("document.summary.holds"), "heading"),
        Text(" · ".join(counted)),
        *([Text(say("document.summary.validated", n=validated))] if validated else []),
        Text(say("document.summary.open", n=open_)),
        Text(say("document.summary.confirm", n=confirm)),
    ]
    if critical:
        blocks += [
            Text(say("document.summary.critical"), "heading"),
            Bullets(tuple(f"{c.code} {c.label}" for c in critical[:_FIRST])),
        ]
    decided = sorted(
        (one for one in spec.actions if one.nature == "decided" and one.state != "rejected"),
        key=lambda a: (-(a.votes or 0), -(a.impact or 0), a.code),
    )
    if decided:
        lines = tuple(f"{a.code} {a.label} ({citations(reading, a.sources)})" for a in decided[:_FIRST])
        blocks += [Text(say("document.summary.actions"), "heading"), Bullets(lines)]
    return blocks


def _context(reading: Reading) -> list[Block]:
    project, say = reading.spec.project, reading.say
    held = [
        (say("document.cover.client"), (project.client,)),
        (say("document.context.activity"), (project.activity,)),
        (say("document.cover.purpose"), (project.purpose,)),
        (say("document.context.objectives"), project.objectives),
        (say("document.cover.workshop"), (_workshop(reading),)),
    ]
    rows = tuple(Fact(label, tuple(filter(None, words))) for label, words in held if any(words))
    how = [Text(say(f"document.context.{key}")) for key in ("how", "open", "default")]
    return [Facts(rows), Text(say("document.context.read"), "heading"), *how]


def _personas(reading: Reading) -> list[Block]:
    blocks: list[Block] = []
    for one in reading.spec.personas:
        blocks.append(Text(", ".join(filter(None, (one.name, one.role))), "heading"))
        if one.quote:
            blocks.append(Text(reading.say("document.quoted", words=one.quote), "quote"))
        rows = _persona(reading, one)
        if rows:
            blocks.append(Facts(rows))
    return blocks


def _persona(reading: Reading, one: Persona) -> tuple[Fact, ...]:
    held = (
        ("segment", (one.segment,)), ("context", (one.context,)), ("goals", one.goals),
        ("frustrations", one.frustrations), ("expectations", one.expectations),
    )  # fmt: skip
    return tuple(
        Fact(reading.say(f"document.persona.{key}"), tuple(filter(None, words)))
        for key, words in held
        if any(words)
    )


def _journey(reading: Reading) -> list[Block]:
    say = reading.say
    columns = (
        Column("label", say("spec.attr.journey_stage"), 16),
        Column("goal", say("document.journey.goal"), 26),
        Column("exit", say("document.journey.exit"), 30),
        Column("owner_team", say("spec.attr.owner_team"), 14),
        Column("delay", say("spec.attr.delay"), 18),
    )
    rows = tuple(
        (s.label, s.goal, s.exit_criteria, s.owner_team, s.expected_delay.words if s.expected_delay else "")
        for s in reading.spec.journey
    )
    drawn = [drawing.journey(wall_of(board), reading.lang) for board in reading.boards.values()]
    several = len(reading.boards) > 1
    blocks: list[Block] = [one if several else replace(one, title="") for one in drawn if one]
    if rows:
        blocks += [Text(say("document.journey.lead"), "lead"), Table("journey", columns, rows)]
    return blocks


def _section(reading: Reading, name: str) -> list[Block]:
    blocks: list[Block] = []
    for item in reading.lines(name):
        blocks.append(entry(reading, name, item))
        if isinstance(item, Pipeline):
            blocks += [entry(reading, "steps", one) for one in item.stages if one.state != "rejected"]
    if blocks and f"document.lead.{name}" in _LEADS:
        blocks.insert(0, Text(t(reading.lang, f"document.lead.{name}"), "lead"))
    return blocks


_LEADS: Final = frozenset(
    f"document.lead.{name}" for name in ("pipelines", "transitions", "workflows", "sla", "personal_data")
)
