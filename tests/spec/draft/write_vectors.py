"""Writes tests/vectors/draft.json: how lines stand and what edits of a draft do, for the browser's twins to be held to.

Run `python tests/spec/draft/write_vectors.py` after a change of the rules; `test_vectors.py` fails until it is done.
"""

import random
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from charniere.domain.changes import Put, Revision
from charniere.domain.document import By
from charniere.domain.limits import FIELD, SHEET_TEXT, TEXT_TYPED
from charniere.errors import Refused
from charniere.spec.attributes import ATTRIBUTES
from charniere.spec.draft import apply, edits
from charniere.spec.draft.edits import DraftEdit
from charniere.spec.draft.records import (
    Comment,
    Draft,
    DraftChange,
    DraftInfo,
    DraftRecord,
    Line,
    Part,
    Section,
    Values,
    advance,
    load,
    records,
)
from charniere.spec.draft.standing import (
    conflicts,
    effective,
    is_decided,
    open_questions,
    standing,
    unconfirmed,
)
from charniere.spec.parts import Question, Source
from domain.write_vectors import VECTORS, encoded

NAME: Final = "draft.json"
NOW: Final = 1_700_000_000_000
LABELS: Final = ("Relancer", "Rappeler", "Montant", "Signé", "Devis envoyé")
# attributes of the sections below, with values that may be chosen for them
CHOICES: Final[dict[Section, Values]] = {
    "pipelines": {"purpose": "Vendre", "owner_team": "Ventes"},
    "steps": {"milestone": "Le devis est signé", "probability": 30, "max_delay": "sous 10 jours"},
    "fields": {"definition": "TTC", "personal": True, "max_values": 3, "update_rule": ""},
    "workflows": {"team": "Ventes", "owner": "", "delay": {"words": "dès que possible"}},
}


def vectors() -> dict[str, Any]:
    """The same rules give the same vectors."""
    return {
        "defaults": defaults(),
        "sections": list(get_args(Section)),
        "measures": sorted({one.name for of in ATTRIBUTES.values() for one in of if one.widget == "measure"}),
        "lines": [stands(line) for line in lines()],
        "walks": [walk(seed, 90) for seed in range(4)],
    }


def defaults() -> dict[str, Any]:
    """For each kind of record, what its optional fields hold when nothing is said."""
    found: dict[str, Any] = {}
    for cls in (DraftInfo, Part, Line, Comment):
        info = msgspec.inspect.type_info(cls)
        assert isinstance(info, msgspec.inspect.StructType)
        values: dict[str, Any] = {}
        for field in info.fields:
            if not field.required:
                factory = field.default_factory
                value = factory() if factory is not msgspec.NODEFAULT else field.default
                values[field.encode_name] = msgspec.to_builtins(value)
        found[str(info.tag)] = values
    return found


# --- how lines stand ---------------------------------------------------------------------------------------


def lines() -> Iterator[Line]:
    """Every way in which one attribute can be said, decided, asked about; and lines set aside, added, gone."""
    said: tuple[Values, ...] = ({}, {"team": "Ventes"}, {"team": "SAV"})
    chosen: tuple[Values, ...] = ({}, {"team": "Ventes"}, {"team": "Accueil"}, {"team": ""})
    bases: tuple[Values, ...] = ({}, {"team": None}, {"team": "Ventes"})
    for proposal, own, base, verdict, more in product(said, chosen, bases, ("", "accepted"), asked()):
        yield line(proposal=proposal, set=own, base=base, verdict=verdict, **more)
    for proposal, own, verdict, aside in product(said, chosen[:3], ("", "accepted", "rejected"), set_aside()):
        yield line(proposal=proposal, set=own, base=said[1], verdict=verdict, **aside)
    for mark in (False, 0, [], {}, "", None, "x", [0], {"words": "x"}):
        yield line(
            proposal={"label": "Relance", "values": mark},
            set={},
            base={"label": "Relance", "values": "y"},
            verdict="accepted",
            questions=(Question(about="values", rule="target"),),
        )


def asked() -> Iterator[dict[str, Any]]:
    question = (Question(about="team", rule="owner"),)
    yield {}
    yield {"to_confirm": ("team",)}
    yield {"questions": question}
    yield {"state": "to_confirm"}
    yield {"state": "to_confirm", "to_confirm": ("team",)}
    yield {"state": "to_complete"}
    yield {"state": "to_complete", "questions": question, "to_confirm": ("team", "owner")}


def set_aside() -> Iterator[dict[str, Any]]:
    for gone, by_hand, into in product((False, True), (False, True), (None, "line-2")):
        yield {"gone": gone, "by_hand": by_hand, "into": into}


def line(name: str = "line-1", **fields: Any) -> Line:
    given = {"section": "workflows", "code": "WF-01", "rank": "V000", "item": f"workflows.{name}", **fields}
    return Line(id=name, **given)


def stands(one: Line) -> dict[str, Any]:
    return {
        "line": msgspec.to_builtins(one),
        "effective": effective(one),
        "conflicts": conflicts(one),
        "questions": msgspec.to_builtins(open_questions(one)),
        "unconfirmed": unconfirmed(one),
        "standing": standing(one),
        "decided": is_decided(one),
    }


# --- what edits do -----------------------------------------------------------------------------------------


def walk(seed: int, steps: int) -> dict[str, Any]:
    """A draft and a long series of edits on it, with a wall that moves meanwhile; each with what the rules answered."""
    chance = random.Random(seed)
    draft = start()
    written: dict[str, Any] = {"records": msgspec.to_builtins(list(records(draft))), "steps": []}
    revisions: dict[str, Revision[DraftRecord]] = {}
    for step in range(steps):
        author, at, name = chance.choice(["ann", "ann", "bob"]), NOW + step, f"edit-{step:04}"
        if chance.random() < 0.2:
            moved = wall_moves(chance, draft)
            written["steps"].append({"changes": msgspec.to_builtins(moved)})
            draft = advance(draft, moved)
            continue
        edit = some_edit(chance, draft, step, list(revisions))
        undone = revisions.get(edit.edit) if isinstance(edit, edits.UndoDraft) else None
        case = {"edit_id": name, "edit": msgspec.to_builtins(edit), "author": author, "at": at}
        try:
            changes = apply(draft, edit, By(author, at, undone))
        except Refused as refusal:
            written["steps"].append({**case, "refused": refusal.code.value})
            continue
        written["steps"].append({**case, "changes": msgspec.to_builtins(changes)})
        if changes:  # else it is in no log
            what = str(type(edit).__struct_config__.tag)
            revisions[name] = Revision(step, name, author, at, what, changes)
        draft = advance(draft, changes)
    return written


def start() -> Draft:
    made: list[DraftRecord] = [DraftInfo(last={"WF": 4}), Part(id="codes", body={})]
    sections: tuple[Section, ...] = ("pipelines", "fields", "workflows")
    for section in sections:
        for index, label in enumerate(LABELS[:4]):
            name = f"{section}-{index}"
            said: Values = {"label": label, "team": "SAV"} if section == "workflows" else {"label": label}
            if section != "pipelines":
                said["object"] = "lead"
            made.append(
                line(
                    name,
                    section=section,
                    rank=f"V0{index}",
                    proposal=said,
                    sources=(Source(board="b", note=name),),
                )
            )
    for index in range(3):
        made.append(
            line(
                f"step-{index}",
                section="steps",
                parent="pipelines-0",
                rank=f"V0{index}",
                proposal={"label": LABELS[index]},
            )
        )
    return load(made)


def wall_moves(chance: random.Random, draft: Draft) -> tuple[DraftChange, ...]:
    """One line is said otherwise, is said no more, or is said again."""
    one = draft.lines[some_line(chance, draft, there=True)]
    if one.by_hand:
        return ()
    said = {**one.proposal, "label": chance.choice(LABELS)}
    after = replace(one, proposal=said, gone=chance.random() < 0.3)
    return () if after == one else (Put(after, one),)


def some_edit(chance: random.Random, draft: Draft, step: int, done: list[str]) -> DraftEdit:
    choices = tuple(weighted(chance, draft, step, done))
    return chance.choices([one for one, _ in choices], [weight for _, weight in choices])[0]


def weighted(
    chance: random.Random, draft: Draft, step: int, done: list[str]
) -> Iterator[tuple[DraftEdit, int]]:
    """One edit of each type, and how often it should come."""
    one, other, third = (some_line(chance, draft) for _ in range(3))
    several = (one, other, third)[: chance.randint(1, 3)]
    remark = chance.choice([*draft.comments, "comment-none"])
    section: Section = chance.choice(list(CHOICES))
    text = chance.choices(["Qui décide ?", "  vu  ", " ", "x" * (TEXT_TYPED + 1)], (6, 6, 1, 1))[0]
    met = [line for line in draft.lines.values() if conflicts(line)]
    torn = chance.choice(met) if met else draft.lines[some_line(chance, draft, there=True)]
    yield edits.SetLine(one, some_values(chance, draft.lines.get(one))), 10
    yield edits.AcceptLines(several), 5
    yield (
        edits.RejectLines(several, chance.choice(["Hors périmètre", " doublon ", " ", "x" * (FIELD + 1)])),
        2,
    )
    yield edits.ReconsiderLines(several), 4
    yield edits.SettleConflict(torn.id, "label", chance.choice(["wall", "mine"])), 8 if met else 1
    yield edits.KeepLine(gone(chance, draft)), 6
    yield (
        edits.AddLine(
            line=f"added-{step:04}",
            section=section,
            set={"label": chance.choice(LABELS), **({"team": "Ventes"} if section == "workflows" else {})},
            parent="pipelines-0" if (section == "steps") is (chance.random() < 0.95) else None,
            before=other if chance.random() < 0.2 else None,
        ),
        4,
    )
    yield edits.RemoveLine(gone(chance, draft)), 2
    yield edits.MoveLine(one, near(chance, draft, one)), 5
    yield edits.MergeLines(tuple(fellows(chance, draft, one)), one), 4
    yield edits.AddComment(f"comment-{step:04}", one, text), 4
    yield edits.SetComment(remark, text), 4
    yield edits.SettleComment(remark, chance.random() < 0.7), 3
    yield edits.RemoveComment(remark), 2
    yield edits.Reopen(), 1
    yield edits.UndoDraft(chance.choice(done[-8:] or ["edit-none"])), 10


def some_values(chance: random.Random, one: Line | None) -> Values:
    if chance.random() < 0.05:
        return {"label": chance.choice(["", "x" * (SHEET_TEXT + 1)])}
    values: Values = {}
    for _ in range(chance.randint(1, 2)):
        name, value = chance.choice(list(CHOICES[one.section if one else "fields"].items()))
        values[name] = chance.choice([value, value, None])
    return {"label": chance.choice(LABELS)} if chance.random() < 0.5 else values


def some_line(chance: random.Random, draft: Draft, *, there: bool = False) -> str:
    """Mostly one that is there."""
    return chance.choice(sorted(draft.lines)) if there or chance.random() < 0.97 else "line-none"


def near(chance: random.Random, draft: Draft, name: str) -> str | None:
    return chance.choice([None, some_line(chance, draft), *fellows(chance, draft, name)])


def fellows(chance: random.Random, draft: Draft, name: str) -> list[str]:
    """Lines that may stand beside this one, or be merged into it; now and then one that may not."""
    one = draft.lines.get(name)
    if one is None or chance.random() < 0.1:
        return [some_line(chance, draft)]
    found = sorted(
        other.id
        for other in draft.lines.values()
        if other is not one and (other.section, other.parent) == (one.section, one.parent)
    )
    return chance.sample(found, min(len(found), chance.randint(1, 2))) or [name]


def gone(chance: random.Random, draft: Draft) -> str:
    """Rather a line that the wall gives no more, or that it never gave."""
    found = sorted(one.id for one in draft.lines.values() if one.gone or one.by_hand)
    return chance.choice(found) if found and chance.random() < 0.8 else some_line(chance, draft)


if __name__ == "__main__":
    (VECTORS / NAME).write_text(encoded(vectors()), encoding="utf-8")
