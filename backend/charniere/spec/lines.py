"""The lines of a specification: one Struct per kind of line. What gathers them is in `model`.

Vendor-neutral; labels are in the board's language; objects are named by key (`lead`, `account`, ...).
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from charniere.spec.parts import Item, Measure, Outcome, Rule, Source

FieldType: TypeAlias = Literal[
    "text",
    "long_text",
    "number",
    "currency",
    "percent",
    "date",
    "datetime",
    "boolean",
    "picklist",
    "multi_picklist",
    "relation",
    "email",
    "phone",
    "url",
    "score",
    "file",
]


EffectKind: TypeAlias = Literal[
    "alert",
    "follow_up",
    "assign",
    "task",
    "send",
    "escalate",
    "approve",
    "stop",
    "create",
    "update",
    "sequence",
    "survey",
    "deduplicate",
    "schedule",
    "handover",
    "offer",
    "protect",
    "other",
]


class CrmObject(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of record that the CRM must keep."""

    key: str  # lead, contact, account, opportunity ... or the slug of the trade's own word
    standard: bool = True
    plural: str = ""
    purpose: str = ""


class PipelineStage(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step of a pipeline, told as the customer's milestone."""

    milestone: str = ""  # in the customer's words
    outcome: Outcome = "open"
    probability: int | None = None  # percent
    entry: Rule = Rule()
    exit: Rule = Rule()
    journey_stage: str = ""  # label of the journey stage
    owner_team: str = ""
    max_delay: Measure | None = None


class Pipeline(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An ordered way for one object. `personas` is empty when it serves them all."""

    key: str
    object: str
    purpose: str = ""
    owner_team: str = ""
    personas: tuple[str, ...] = ()
    stages: tuple[PipelineStage, ...] = ()


class Status(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One value of an object's status, in order."""

    object: str
    set: str = ""  # of which status: status, complaint_status ...
    order: int = 0
    category: Literal["open", "waiting", "done", "lost"] = "open"
    definition: str = ""


class Value(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One value of a picklist, with the notes that say it."""

    label: str
    sources: tuple[Source, ...] = ()


class Field(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One piece of data to keep, with the four columns of a data dictionary."""

    object: str
    api_name: str
    type: FieldType
    values: tuple[Value, ...] = ()
    max_values: int | None = None
    relation: str = ""  # object key, for a relation
    required_at: str = ""  # label of the journey stage
    required_when: str = ""  # as written
    definition: str = ""
    owner: str = ""
    update_rule: str = ""
    reporting: str = ""
    personal: bool = False
    sensitive: bool = False


class Transition(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When « étape de parcours » moves on: the rule, and the four rules of the game."""

    object: str
    field: str
    from_stage: str
    to: str
    rule: Rule = Rule()
    criterion: str = ""
    responsible: str = ""
    delay: Measure | None = None
    data_quality: tuple[str, ...] = ()  # what must be known before


class Trigger(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What sets a workflow off."""

    kind: Literal["event", "date", "field", "threshold", "absence", "unknown"] = "unknown"
    words: str = ""
    object: str = ""
    measure: Measure | None = None


class Effect(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that a workflow does."""

    kind: EffectKind
    words: str
    recipient: str = ""
    object: str = ""
    field: str = ""
    value: str = ""
    delay: Measure | None = None


class Workflow(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An automatism: when, on what condition, what, how fast, for whom, against which pain."""

    object: str = ""
    trigger: Trigger = Trigger()
    conditions: Rule = Rule()
    actions: tuple[Effect, ...] = ()
    delay: Measure | None = None
    owner: str = ""
    team: str = ""
    journey_stage: str = ""
    answers: tuple[Source, ...] = ()  # irritants and breakpoints


class View(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list, a segment, a dashboard or what a record shows."""

    kind: Literal["list", "segment", "dashboard", "record"] = "list"
    object: str = ""
    journey_stage: str = ""
    filters: Rule = Rule()
    shows: tuple[str, ...] = ()
    audience: str = ""


class Kpi(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An indicator. `target` only if somebody said one."""

    journey_stage: str = ""
    object: str = ""
    formula: str = ""
    data_source: str = ""
    unit: Literal["count", "percent", "duration", "currency", "score", ""] = ""
    target: Measure | None = None
    breakdown: tuple[str, ...] = ()  # by channel, by sector ...
    owner_team: str = ""


class Sla(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A promise of delay."""

    object: str = ""
    journey_stage: str = ""
    delay: Measure | None = None
    starts: str = ""
    stops: str = ""
    owner: str = ""
    team: str = ""
    if_missed: str = ""
    attempts: int | None = None  # how many times one tries


class Scoring(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A shared definition, a score, a routing or a segmentation."""

    kind: Literal["qualification", "score", "routing", "segmentation"] = "score"
    object: str = ""
    criteria: Rule = Rule()
    outcome: str = ""
    owner: str = ""


class Duty(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a role does, at which stage."""

    words: str
    journey_stage: str = ""
    kind: Literal["owns_stage", "acts", "is_alerted", "decides", "does_today"] = "acts"
    sources: tuple[Source, ...] = ()


class Role(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A team or a job, and what it does when."""

    kind: Literal["team", "job"] = "team"
    duties: tuple[Duty, ...] = ()


class Flow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Data that goes from one system to another. `key` says how records are matched."""

    source: str
    target: str
    data: str = ""
    object: str = ""
    key: str = ""
    words: str = ""


class Integration(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A system that the CRM talks with."""

    kind: str
    system: str = ""  # its name, when somebody said it
    flows: tuple[Flow, ...] = ()
    channels: tuple[str, ...] = ()


class Content(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something to write, film or teach."""

    kind: Literal[
        "faq", "case_study", "sheet", "script", "tutorial", "template", "message", "tool", "training", "other"
    ] = "faq"
    journey_stage: str = ""
    audience: str = ""
    answers: tuple[str, ...] = ()  # the questions, as asked
    owner: str = ""


class PersonalData(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A treatment of personal data that the wall speaks of."""

    object: str = ""
    data: str = ""
    purpose: str = ""
    legal_basis: str = ""
    retention: Measure | None = None
    sensitive: bool = False


class Scenario(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An acceptance test: what the customer does, what the CRM must show."""

    journey_stage: str = ""
    channel: str = ""
    object: str = ""
    given: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    critical: bool = False  # a moment of truth
    covers: tuple[str, ...] = ()  # ids of the items that it exercises


class ActionLine(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the room decided to do, or has to decide."""

    nature: Literal["decided", "opportunity"] = "decided"
    owner: str = ""
    team: str = ""
    due: str = ""
    due_day: str | None = None
    impact: int | None = None
    effort: int | None = None
    votes: int | None = None
    status: str = ""
    journey_stage: str = ""
    family: Literal["quick_win", "project", "fill_in", "later", ""] = ""
    resolves: tuple[Source, ...] = ()
    feeds: tuple[str, ...] = ()  # ids of the items that it gave
