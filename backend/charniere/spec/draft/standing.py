"""How a line stands: what the wall and the decisions give together, where the two disagree, what is left to decide.

Three ways: what the wall said when it was decided (`base`), what it says now (`proposal`), what people decided (`set`, or their
agreement). The browser's twin is `frontend/src/model/draft/standing.ts`; both are held to `tests/vectors/draft.json`.
"""

from typing import Literal, TypeAlias

from charniere.spec.draft.records import Json, Line, Values
from charniere.spec.parts import Question

Standing: TypeAlias = Literal[
    "proposed", "to_confirm", "to_complete", "conflict", "validated", "rejected", "merged"
]


def effective(line: Line) -> Values:
    """What stands, attribute by attribute. During a conflict the decision stands, never the newer proposal."""
    return {**(line.base if line.verdict == "accepted" else line.proposal), **line.set}


def conflicts(line: Line) -> tuple[str, ...]:
    """The attributes of which the wall says something else since they were decided, in alphabetical order."""
    if line.verdict == "rejected" or line.into is not None or line.by_hand or line.gone:
        return ()
    decided = {*line.base, *line.set}
    if line.verdict == "accepted":
        decided |= set(line.proposal)
    now = effective(line)
    return tuple(
        name
        for name in sorted(decided)
        if known(line.proposal.get(name)) != known(line.base.get(name))
        and known(line.proposal.get(name)) != known(now.get(name))
    )


def open_questions(line: Line) -> tuple[Question, ...]:
    """Those that no decision answers: an agreement alone answers a question about what has a value."""
    now = effective(line)
    return tuple(
        question
        for question in line.questions
        if known(line.set.get(question.about)) is None
        and (known(now.get(question.about)) is None or line.verdict != "accepted")
    )


def unconfirmed(line: Line) -> tuple[str, ...]:
    """The attributes that the method proposes and nobody took a position on."""
    return () if line.verdict == "accepted" else tuple(one for one in line.to_confirm if one not in line.set)


def standing(line: Line) -> Standing:
    """One word for the line. A line that the wall gives no more, and that somebody decided on, waits as a conflict does."""
    if line.into is not None:
        return "merged"
    if line.verdict == "rejected":
        return "rejected"
    if line.gone or conflicts(line):
        return "conflict"
    if line.verdict == "accepted":
        return "validated"
    if line.state == "to_complete" and (open_questions(line) or not (line.questions or line.set)):
        return "to_complete"
    return "to_confirm" if line.state == "to_confirm" and not line.set else "proposed"


def is_decided(line: Line) -> bool:
    """Did anybody take a position on it? Such a line outlives its proposal."""
    return bool(line.by_hand or line.set or line.verdict or line.into)


def known(value: Json) -> Json:
    """None for all that says nothing."""
    return None if value in ("", None, False, [], {}) else value
