"""Personal data: what the wall speaks of, its purpose, and what a data protection officer will ask."""

from __future__ import annotations

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import matching, table
from charniere.spec.lines import Field, PersonalData
from charniere.spec.wall import Told, Wall


def personal_data(wall: Wall, fields: tuple[Field, ...]) -> tuple[PersonalData, ...]:
    """One a kind of data. Legal basis and retention are never invented: they are asked."""
    spoken: dict[str, list[Told]] = {}
    for told in wall.notes:
        for name in matching(wall.lang, "personal", told.folded) if told.kind is not Kind.delight else ():
            spoken.setdefault(name, []).append(told)
    out = []
    for name, values in table(wall.lang, "personal").items():
        notes = spoken.get(name, [])
        if not notes:
            continue
        mine = [f for f in fields if f.personal and set(f.sources) & {t.source for t in notes}]
        out.append(
            PersonalData(
                id=ident("personal_data", "personal", name),
                label=values["label"],
                state="to_complete",
                reason=because("personal", count=str(len(notes))),
                sources=sources(notes),
                questions=(ask("legal_basis", "personal_basis"), ask("retention", "personal_retention")),
                to_confirm=("purpose",),
                object=mine[0].object if mine else "contact",
                data=", ".join(f.label for f in mine) or values["label"],
                purpose=values["purpose"],
                sensitive=bool(values.get("sensitive")),
            )
        )
    return tuple(out)
