"""Writes tests/vectors/*.json: what the domain answers, for the browser's twins to be held to.

Run `python tests/domain/write_vectors.py` after a change of the rules; `test_vectors.py` fails until it is done.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from charniere.domain import limits
from charniere.domain.board import (
    Archetype,
    Board,
    BoardInfo,
    Channel,
    Gap,
    Kind,
    Link,
    LinkKind,
    Note,
    Stage,
    advance,
    records,
)
from charniere.domain.changes import Put, Revision
from charniere.domain.document import By
from charniere.domain.edits import apply, types
from charniere.domain.edits.types import BoardEdit, Place
from charniere.domain.rank import between, spread
from charniere.domain.rights import Action, Level, Role, Standing, may
from charniere.errors import Refused

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from domain.builders import NOW, board, note

VECTORS: Final = Path(__file__).resolve().parents[1] / "vectors"
SHARED_LIMITS: Final = (
    "TEXT_TYPED TEXT_STORED NAME FIELD SHEET_TEXT KPIS TEAMS STAGES CHANNELS NOTES LINKS BATCH LINE_PARTS DRAFT_LINES "
    "COMMENTS FRAME_BYTES"
).split()
WORDS: Final = ["délai", "de", "réponse", "trop", "long", "au", "téléphone", "🙂", "réseau", "l’agence"]


def vectors() -> dict[str, Any]:
    """File name -> content. The same rules give the same vectors."""
    return {
        "defaults.json": defaults(),
        "limits.json": {name: getattr(limits, name) for name in SHARED_LIMITS},
        "rank.json": rank(),
        "rights.json": rights(),
        "predict.json": [walk(seed, 100) for seed in range(6)],
    }


def defaults() -> dict[str, Any]:
    """For each kind of record, what its optional fields hold when nothing is said."""
    found: dict[str, Any] = {}
    for cls in (BoardInfo, Stage, Channel, Note, Link, Gap):
        info = msgspec.inspect.type_info(cls)
        assert isinstance(info, msgspec.inspect.StructType)
        values = {}
        for field in info.fields:
            if not field.required:
                factory = field.default_factory
                value = factory() if factory is not msgspec.NODEFAULT else field.default
                values[field.encode_name] = msgspec.to_builtins(value)
        found[str(info.tag)] = values
    return found


def rank() -> list[dict[str, Any]]:
    chance = random.Random(11)
    cases: list[dict[str, Any]] = []
    keys = [between(None, None)]
    for _ in range(300):
        # keep coming back to one place: that is where keys grow
        at = chance.choice([0, len(keys), min(3, len(keys)), chance.randint(0, len(keys))])
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        key = between(low, high)
        cases.append({"low": low, "high": high, "keys": [key]})
        keys.insert(at, key)
    for low, high in [("zzzz", None), (None, "0001"), ("V0", None), (None, "V"), ("a", "b"), ("az", "b")]:
        cases.append({"low": low, "high": high, "keys": spread(low, high, 5)})
    return cases


def rights() -> list[dict[str, Any]]:
    return [
        {"role": role, "level": level, "locked": locked, "action": action, "own": own,
         "may": may(Standing(role, level, locked), action, own=own)}
        for role in Role for level in Level for locked in (False, True) for action in Action for own in (False, True)
    ]  # fmt: skip


def walk(seed: int, steps: int) -> dict[str, Any]:
    """A board and a long series of edits on it, each with what the domain answered."""
    chance = random.Random(seed)
    value = board(note("first", "délai de réponse"), note("second", "réseau", rank="V001", number=2, at="BY"))
    revisions: dict[str, Revision[Any]] = {}
    done: list[dict[str, Any]] = []
    start = msgspec.to_builtins(list(records(value)))
    for step in range(steps):
        author = chance.choice(["ann", "ann", "bob"])
        edit_id, at = f"edit-{step:04}", NOW + step
        edit = some_edit(chance, value, step, revisions)
        undone = revisions.get(edit.edit) if isinstance(edit, types.Undo) else None
        case: dict[str, Any] = {
            "edit_id": edit_id,
            "edit": msgspec.to_builtins(edit),
            "author": author,
            "at": at,
            "merged": is_merge(value, edit, undone),
        }
        try:
            changes = apply(value, edit, By(author, at, undone))
        except Refused as refusal:
            done.append({**case, "refused": refusal.code.value})
            continue
        done.append({**case, "changes": msgspec.to_builtins(changes)})
        revisions[edit_id] = Revision(step, edit_id, author, at, "", changes)
        value = advance(value, changes)
    return {"records": start, "steps": done}


def is_merge(value: Board, edit: BoardEdit, undone: Revision[Any] | None) -> bool:
    """Would only the server know the text? A browser does not merge."""
    if isinstance(edit, types.SetNoteText):
        return edit.note in value.notes and value.notes[edit.note].text != edit.base
    if isinstance(edit, types.SetTexts):
        return any(n.note in value.notes and value.notes[n.note].text != n.base for n in edit.notes)
    for change in undone.changes if undone else ():
        if isinstance(change, Put) and isinstance(change.record, Note):
            now, before = value.notes.get(change.record.id), change.was.text if change.was else None
            if before != change.record.text and now and now.text != change.record.text:
                return True
    return False


def some_edit(
    chance: random.Random, value: Board, step: int, revisions: dict[str, Revision[Any]]
) -> BoardEdit:
    return chance.choices(*zip(*weighted(chance, value, step, revisions), strict=True))[0]  # type: ignore[no-any-return]


def weighted(
    chance: random.Random, value: Board, step: int, revisions: dict[str, Revision[Any]]
) -> Iterator[tuple[BoardEdit, int]]:
    """One edit of each type, and how often it should come."""
    new = f"new-{step:05}"
    stage, channel = pick(chance, value.stages), pick(chance, value.channels)
    ids = [pick(chance, value.notes) for _ in range(3)]
    place = Place(stage=maybe(chance, stage), channel=maybe(chance, channel), before=maybe(chance, ids[0]))
    text = " ".join(chance.choices(WORDS, k=chance.randint(0, 5)))
    known = value.notes.get(ids[0])
    base = known.text if known and chance.random() < 0.8 else "délai"
    several = tuple(types.NewNote(id=f"{new}-{i}", text=text) for i in range(chance.randint(1, 3)))
    yield types.AddNotes(notes=several, place=place), 5
    yield types.SetNoteText(note=ids[0], text=text, base=base), 8
    retold = ids[: chance.randint(1, 3)]
    yield types.SetTexts(notes=tuple(types.NewText(i, f"Je {text}", base_of(value, i)) for i in retold)), 4
    yield types.SetNote(note=ids[0], set=some_patch(chance)), 6
    yield types.MoveNotes(notes=tuple(ids[: chance.randint(1, 3)]), place=place), 8
    yield types.DuplicateNote(note=ids[0], copy=new), 2
    yield types.RemoveNotes(notes=tuple(ids[: chance.randint(1, 2)])), 3
    yield types.RestoreNotes(notes=(ids[0],)), 3
    yield types.AddLink(link=new, kind=chance.choice(list(LinkKind)), source=ids[0], target=ids[1]), 4
    yield types.RemoveLink(link=pick(chance, value.links)), 1
    yield (
        types.AddStage(stage=new, name=chance.choice(["Achat", " Usage ", " "]), before=maybe(chance, stage)),
        2,
    )
    yield (
        types.SetStage(stage=stage, set=types.StagePatch(name="Achat", goal=text, archetype=Archetype.usage)),
        2,
    )
    yield types.MoveStage(stage=stage, before=maybe(chance, pick(chance, value.stages))), 2
    yield types.RemoveStage(stage=stage), 1
    yield types.AddChannel(channel=new, name="Agence", before=maybe(chance, channel)), 2
    yield types.SetChannel(channel=channel, set=types.ChannelPatch(mode=chance.choice(["online", None]))), 2
    yield types.MoveChannel(channel=channel, before=maybe(chance, pick(chance, value.channels))), 2
    yield types.RemoveChannel(channel=channel), 1
    yield types.DeclareEmpty(stage=stage, channel=channel, empty=chance.random() < 0.7), 3
    yield (
        types.SetBoard(
            set=types.BoardPatch(
                title=chance.choice(["Parcours", "Abonnement"]),
                locked=False,
                je=chance.choice(["silent", "advice", "insistent"]),
            )
        ),
        1,
    )
    yield types.Undo(edit=chance.choice(list(revisions)[-12:] or ["edit-none"])), 9


def some_patch(chance: random.Random) -> types.NotePatch:
    patches: list[types.NotePatch] = [
        types.NotePatch(kind=chance.choice([*Kind, None])),
        types.NotePatch(emotion=chance.choice([-2, 0, 2, None]), moment_of_truth=chance.random() < 0.5),
        types.NotePatch(owner=chance.choice(["", "Karim", "x" * 401])),
        types.NotePatch(
            due=chance.choice([None, types.Due(text="fin mars"), types.Due(text="le 3", day="2026-03-03")])
        ),
        types.NotePatch(status=chance.choice(["todo", None]), impact=chance.choice([1, 5, None])),
    ]
    return chance.choice(patches)


def pick(chance: random.Random, group: dict[str, Any]) -> str:
    """Mostly something that is there."""
    return chance.choice(sorted(group)) if group and chance.random() < 0.95 else "not-there"


def base_of(value: Board, note_id: str) -> str:
    return value.notes[note_id].text if note_id in value.notes else ""


def maybe(chance: random.Random, value: str) -> str | None:
    return value if chance.random() < 0.8 else None


def encoded(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=None, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    VECTORS.mkdir(exist_ok=True)
    for name, content in vectors().items():
        (VECTORS / name).write_text(encoded(content), encoding="utf-8")
