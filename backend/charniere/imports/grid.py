"""The grid of an imported board, and where a row's words place a note in it."""

import difflib
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from charniere.domain import limits, rank
from charniere.domain.board import Channel, Gap, Stage, gap_id
from charniere.imports.companion import Companion, coded
from charniere.imports.companion_words import ARCHETYPES
from charniere.imports.layout import fold
from charniere.imports.report import Oddity, odd

R = TypeVar("R", Stage, Channel)
_ALIKE: Final = 0.84
_GUESSES: Final = 200  # distinct unknown names that are compared with every known one


def made_id(*words: str) -> str:
    """The same id for the same words: importing a file twice gives the same board."""
    digest = hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest[:12]).decode()


class Axis(Generic[R]):
    """The stages, or the channels. Names that come with the notes alone are added in the order in which they come."""

    def __init__(self, records: Sequence[R], make: Callable[[str, str], R] | None, most: int) -> None:
        self.records: list[R] = list(records)
        self._make: Callable[[str, str], R] | None = make  # None: a companion said which names there are
        self._most = most
        self._exact: dict[str, R] = {}
        self._folded: dict[str, R] = {}
        self._answers: dict[str, tuple[str | None, str]] = {}
        for record in records:
            self._learn(record)

    def place(self, words: str) -> tuple[str | None, str]:
        """The id of the place that these words name (or None), and how they were read: `` (as is), `near`, `unknown`."""
        name = " ".join(words.split())
        exact = self._exact.get(words.strip()) or self._exact.get(name)
        if exact is not None:
            return exact.id, ""
        if name not in self._answers:
            self._answers[name] = self._read(name)
        return self._answers[name]

    def name(self, place: str | None) -> str:
        return next((r.name for r in self.records if r.id == place), "")

    def _read(self, name: str) -> tuple[str | None, str]:
        plain = fold(name)
        if plain and plain in self._folded:
            return self._folded[plain].id, "near"
        if self._make is None:
            near = self._near(plain)
            return (self._folded[near].id, "near") if near else (None, "unknown")
        if len(self.records) >= self._most or len(name) > limits.NAME:
            return None, "unknown"
        record = self._make(name, rank.between(self.records[-1].rank if self.records else None, None))
        self.records.append(record)
        self._learn(record)
        return record.id, ""

    def _near(self, plain: str) -> str | None:
        """The one known name that these letters are surely meant for."""
        if len(plain) < 4 or len(self._answers) > _GUESSES:
            return None
        found = difflib.get_close_matches(plain[: limits.NAME], self._folded, n=2, cutoff=_ALIKE)
        return found[0] if len(found) == 1 else None

    def _learn(self, record: R) -> None:
        self._exact.setdefault(record.name, record)
        if plain := fold(record.name):
            self._folded.setdefault(plain, record)


def stages(companion: Companion | None) -> Axis[Stage]:
    given = companion.stages if companion else []
    ids = _ids("stage", [str(values["name"]) for values in given])
    ranks = rank.spread(None, None, len(given))
    records = [
        msgspec.convert({"type": "stage", **values, "id": id_, "rank": key}, Stage)
        for values, id_, key in zip(given, ids, ranks, strict=True)
    ]
    return Axis[Stage](records, None if given else _new_stage, limits.STAGES)


def channels(companion: Companion | None) -> Axis[Channel]:
    given = companion.channels if companion else []
    ids = _ids("channel", [str(values["name"]) for values in given])
    ranks = rank.spread(None, None, len(given))
    records = [
        msgspec.convert({"type": "channel", **values, "id": id_, "rank": key}, Channel)
        for values, id_, key in zip(given, ids, ranks, strict=True)
    ]
    return Axis[Channel](records, None if given else _new_channel, limits.CHANNELS)


def gaps(
    companion: Companion | None, stage_axis: Axis[Stage], channel_axis: Axis[Channel]
) -> tuple[dict[str, Gap], list[Oddity]]:
    """The cells that the companion declares empty."""
    found: dict[str, Gap] = {}
    oddities: list[Oddity] = []
    for stage_words, channel_words in companion.gaps if companion else ():
        stage, _ = stage_axis.place(stage_words)
        channel, _ = channel_axis.place(channel_words)
        if stage and channel:
            gap = Gap(id=gap_id(stage, channel), stage=stage, channel=channel)
            found[gap.id] = gap
        else:
            oddities.append(odd("companion_gap", words=f"{stage_words} × {channel_words}"))
    return found, oddities


def _new_stage(name: str, key: str) -> Stage:
    """A stage that only the notes name. Its archetype is taken from a name that is itself the usual word for one."""
    values = {"type": "stage", "id": made_id("stage", name), "name": name, "rank": key}
    if archetype := coded(ARCHETYPES, name):
        values["archetype"] = archetype
    return msgspec.convert(values, Stage)


def _new_channel(name: str, key: str) -> Channel:
    return Channel(id=made_id("channel", name), name=name, rank=key)


def _ids(what: str, names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    ids = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        ids.append(made_id(what, name, *([str(seen[name])] if seen[name] > 1 else [])))
    return ids
