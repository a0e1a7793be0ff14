"""Which edition a document is, in words: its version, who froze it, who approved it and who has yet to sign."""

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from charniere.export.documents.logo import drawable
from charniere.export.documents.parts import Column, Fact, Release, Table
from charniere.export.documents.words import Reading
from charniere.i18n import day
from charniere.spec.edition import Edition

_USUAL: Final = ("client", "business", "it")  # who signs where the wall names no team
_COLUMNS: Final = (("team", 22), ("name", 22), ("role", 22), ("day", 20), ("signature", 26))
_TEAMS_MOST: Final = 16
_DIGEST: Final = 16


def release(reading: Reading, edition: Edition) -> Release:
    """The same edition gives the same words, whatever the clock and the place."""
    return Release(
        title=_title(reading, edition),
        running=_running(reading, edition),
        lead=reading.say(f"document.release.{'frozen_lead' if edition.frozen else 'draft_lead'}"),
        facts=tuple(_facts(reading, edition)),
        approvals=_approvals(reading, edition),
        frozen=edition.frozen,
        logo=drawable(edition.logo),
    )


def _title(reading: Reading, edition: Edition) -> str:
    """« Version 2 figée le 21 novembre 2026 par Claire Vidal », or « Brouillon de la version 1 »."""
    number = str(edition.number)
    if not edition.frozen:
        return reading.say("document.release.draft", number=number)
    when = _day(reading, edition)
    if edition.author:
        return reading.say("document.release.frozen_by", number=number, day=when, author=edition.author)
    return reading.say("document.release.frozen", number=number, day=when)


def _running(reading: Reading, edition: Edition) -> str:
    """The same, short enough for the foot of a page."""
    number = str(edition.number)
    if not edition.frozen:
        return reading.say("document.release.draft", number=number)
    return reading.say("document.release.frozen", number=number, day=_day(reading, edition))


def _day(reading: Reading, edition: Edition) -> str:
    """The day where the project is: a version that is frozen in the evening is not of the day before."""
    at = datetime.fromtimestamp(edition.at / 1000, UTC).astimezone(_zone(reading.spec.project.time_zone))
    return day(reading.lang, at.date().isoformat())


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _facts(reading: Reading, edition: Edition) -> list[Fact]:
    say = reading.say
    boards = tuple(
        say("document.cover.seq", title=pin.title, seq=str(pin.seq), digest=pin.digest[:_DIGEST])
        for pin in reading.spec.boards
    )
    rows = [
        Fact(say("document.cover.version"), (_title(reading, edition),)),
        Fact(say("document.release.note"), (edition.note,)),
        Fact(say("document.release.boards"), boards),
        Fact(say("document.release.digest"), (edition.digest,)),
    ]
    return [row for row in rows if any(row.words)]


def _approvals(reading: Reading, edition: Edition) -> Table:
    """Who approved, then a line to sign by hand for each team that nobody has signed for."""
    signed = [
        (one.team, one.name, one.role, _solid(day(reading.lang, one.day)), "") for one in edition.approvals
    ]
    known = {one.team.casefold() for one in edition.approvals}
    waiting = [team for team in _teams(reading) if team.casefold() not in known]
    columns = tuple(Column(key, reading.say(f"document.column.{key}"), width) for key, width in _COLUMNS)
    return Table("approvals", columns, (*signed, *((team, "", "", "", "") for team in waiting)))


def _solid(words: str) -> str:
    """A day that no line ends in the middle of."""
    return words.replace(" ", "\u00a0")


def _teams(reading: Reading) -> list[str]:
    """The teams of the walls; without any, those who usually sign."""
    named = dict.fromkeys(team for board in reading.boards.values() for team in board.info.teams if team)
    usual = [reading.say(f"document.approval.{who}") for who in _USUAL]
    return list(named)[:_TEAMS_MOST] or usual
