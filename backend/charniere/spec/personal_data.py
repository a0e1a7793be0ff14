"""Personal data: what the wall speaks of, its purpose, and what a data protection officer will ask."""

from __future__ import annotations

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, table
from charniere.spec.lines import Field, PersonalData
from charniere.spec.wall import Wall


def personal_data(wall: Wall, fields: tuple[Field, ...]) -> tuple[PersonalData, ...]:
    """One a kind of data. Legal basis and retention are never invented: they are asked."""
    out = []
    for name, values in table(wall.lang, "personal").items():
        notes = [
            t
            for t in wall.notes
            if cues(wall.lang, "personal")[name].search(t.folded) and t.kind is not Kind.delight
        ]
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
