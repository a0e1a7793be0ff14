"""What the items of a specification are made of: sources, reasons, questions, delays, conditions. No section lives here."""

from typing import Literal, TypeAlias

from msgspec import Struct

State: TypeAlias = Literal["proposed", "to_confirm", "to_complete", "validated", "rejected"]
Unit: TypeAlias = Literal[
    "minute",
    "hour",
    "business_hour",
    "day",
    "business_day",
    "week",
    "month",
    "quarter",
    "year",
    "percent",
    "currency",
    "count",
    "",
]
Direction: TypeAlias = Literal[
    "within",  # no later than this after the anchor
    "after",  # this long after the anchor
    "before",  # this long before the anchor
    "since",  # nothing has happened for this long
    "every",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
    "drop",
    "rise",
    "exactly",
]
Outcome: TypeAlias = Literal["open", "won", "lost", "done"]


class Source(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where an item comes from: a note, a stage or a channel of one board. `part` names the line of the sheet."""

    board: str
    note: str | None = None
    number: int | None = None
    ref: str = ""  # the note's name in the file it was imported from
    stage: str | None = None
    channel: str | None = None
    part: str = ""  # exit_criteria, expected_delay, kpis, owner_team, name ... of the stage or channel


class Reason(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why the item is there: a rule, and what to say with it (catalogue key `spec.rule.<rule>`)."""

    rule: str
    params: dict[str, str] = {}


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What nobody said and somebody must decide: the attribute it is about (catalogue key `spec.ask.<rule>`)."""

    about: str
    rule: str
    params: dict[str, str] = {}


class Window(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The span over which something is counted (« sur un mois »)."""

    amount: float
    unit: Unit
    words: str


class Measure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A delay or a threshold that somebody said. `amount` is None when the words hold no figure (« dans la semaine » has one)."""

    words: str  # as written
    amount: float | None = None
    unit: Unit = ""
    direction: Direction = "within"
    anchor: str = ""  # what a delay is counted from; "" when nobody said it
    subject: str = ""  # what a threshold measures
    window: Window | None = None


class Condition(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One test, in words first. `object` is an object key, `field` an API name; both may be unknown."""

    words: str
    kind: Literal["event", "field", "count", "threshold", "absence", "status"] = "event"
    object: str = ""
    field: str = ""
    operator: Literal["", "is", "is_not", "known", "changed", "gt", "ge", "lt", "le", "drop", "rise"] = ""
    value: str = ""
    measure: Measure | None = None


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Conditions joined by `and` or by `or`."""

    join: Literal["and", "or"] = "and"
    conditions: tuple[Condition, ...] = ()


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every line of a specification carries. `to_confirm` names the attributes that the method proposed, not the wall."""

    id: str  # section.rule.key: the same from one compile to the next
    code: str = ""  # WF-07: printed, allocated once, never reused
    label: str
    state: State = "proposed"
    reason: Reason
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    to_confirm: tuple[str, ...] = ()
