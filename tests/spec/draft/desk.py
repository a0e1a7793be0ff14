"""A review without a server: a board that changes, its draft, people who decide."""

from msgspec import Struct
from msgspec.structs import replace

from charniere.domain.board import Kind, Note
from charniere.domain.boardfile import BoardFile
from charniere.domain.changes import Revision
from charniere.domain.document import By
from charniere.spec.compile import compile_spec
from charniere.spec.draft import apply, edits
from charniere.spec.draft.assemble import assemble
from charniere.spec.draft.propose import first
from charniere.spec.draft.records import SYSTEM, Draft, DraftRecord, Line, advance
from charniere.spec.draft.standing import Standing, standing
from charniere.spec.model import Spec
from spec.builders import board, note

LEAD = "lead"
NOTES = (
    note(1, Kind.touchpoint, "Je demande un devis depuis le site", 1, "c2", crm_object="lead"),
    note(2, Kind.action, "Rappeler toute demande de devis sous 4 h ouvrées", 1, "c3", owner="Karim"),
    note(3, Kind.action, "Relancer tout devis sans réponse depuis 10 jours", 2, "c3", owner="Karim"),
    note(4, Kind.action, "Rendre obligatoires montant, date de signature prévue et concurrent", 2, "c3"),
    note(5, Kind.touchpoint, "Je signe le devis en ligne", 3, "c2", crm_object="opportunity"),
    note(6, Kind.irritant, "Personne ne me dit quand le technicien passe", 4, "c1"),
)


class Desk:
    """Edits are applied as the room would: one after the other, each a revision that can be undone."""

    def __init__(self, *notes: Note) -> None:
        self.notes = list(notes or NOTES)
        self.seq = 0
        self.draft: Draft = first(self.compiled(), 1)
        self.log: dict[str, Revision[DraftRecord]] = {}

    def file(self) -> BoardFile:
        return replace(board(*self.notes), seq=self.seq)

    def compiled(self) -> Spec:
        codes = self.draft.parts["codes"].body if self.seq else None
        taken = self.draft.info.last if self.seq else None
        return compile_spec([self.file()], codes, taken)

    def wall_moves(self, *, drop: int = 0, **texts: str) -> None:
        """Notes say something else (`n2="..."`), or one goes, and the proposals follow."""
        self.seq += 1
        self.notes = [
            replace(one, text=texts.get(one.id, one.text)) for one in self.notes if one.number != drop
        ]
        self.do(edits.Propose(self.compiled()), SYSTEM)

    def do(self, edit: Struct, person: str = LEAD) -> str:
        """Raises Refused. Returns the edit's name, for `undo`."""
        name = f"e{len(self.log) + 1:08d}"
        undone = self.log.get(getattr(edit, "edit", ""))
        changes = apply(self.draft, edit, By(person, len(self.log) + 1, undone))  # type: ignore[arg-type]
        self.draft = advance(self.draft, changes)
        what = str(edit.__struct_config__.tag)
        self.log[name] = Revision(len(self.log) + 1, name, person, 1, what, changes)
        return name

    def undo(self, name: str, person: str = LEAD) -> str:
        return self.do(edits.UndoDraft(name), person)

    def spec(self) -> Spec:
        return assemble(self.draft)

    def line(self, section: str, words: str) -> Line:
        """The one line of the section whose proposed or chosen label holds these words."""
        (found,) = (
            one
            for one in self.draft.lines.values()
            if one.section == section and words in f"{one.proposal.get('label')} {one.set.get('label')}"
        )
        return found

    def now(self, line: Line) -> Line:
        return self.draft.lines[line.id]

    def stands(self, line: Line) -> Standing:
        return standing(self.now(line))
