"""The specification as a value: every section with its lines, the matrix, the coverage, the findings. `spec.json` is this."""

from typing import Literal, TypeAlias

from msgspec import Struct

from charniere.domain.board import Archetype, Journey
from charniere.domain.project import Persona, Project
from charniere.spec.lines import (
    ActionLine,
    Content,
    CrmObject,
    Field,
    Integration,
    Kpi,
    PersonalData,
    Pipeline,
    Role,
    Scenario,
    Scoring,
    Sla,
    Status,
    Transition,
    View,
    Workflow,
)
from charniere.spec.parts import Measure, Source


class Event(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that happens to the customer. `observed` is False when no system of ours can see it."""

    label: str
    observed: bool = True
    sources: tuple[Source, ...] = ()


class Cell(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One crossing of the matrix Parcours × Objets. Fields and indicators are ids of items."""

    journey_stage: str
    object: str
    fields: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    kpis: tuple[str, ...] = ()


class Matrix(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Journey stages × objects; only the crossings that hold something."""

    stages: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


WhyNot: TypeAlias = Literal[
    "",
    "unanswered",
    "logistics",
    "out_of_crm",
    "duplicate",
    "empty",
    "not_understood",
    "private",
    "rejected",  # its lines were set aside in the review
]


class NoteUse(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What became of one note: the items it feeds, or the reason why it feeds none."""

    note: Source
    items: tuple[str, ...] = ()
    why_not: WhyNot = ""
    of: Source | None = None  # the note that it repeats


class Coverage(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every note of every board, and what is missing, by the links of the wall."""

    notes: tuple[NoteUse, ...] = ()
    not_answered: tuple[Source, ...] = ()
    irritant_without_action: tuple[Source, ...] = ()
    breakpoint_without_action: tuple[Source, ...] = ()
    action_without_owner: tuple[Source, ...] = ()
    action_without_date: tuple[Source, ...] = ()
    stage_without_exit: tuple[Source, ...] = ()
    stage_without_signal: tuple[Source, ...] = ()
    stage_without_owner: tuple[Source, ...] = ()
    touchpoint_without_object: tuple[Source, ...] = ()
    near_duplicates: tuple[tuple[Source, ...], ...] = ()
    not_told_with_je: tuple[Source, ...] = ()


class Correction(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A change that one click can make: `remove`, `rename`, `merge`, `complete`, `keep` on an item."""

    kind: Literal["remove", "rename", "merge", "complete", "keep"]
    item: str
    attribute: str = ""
    value: str = ""


class Finding(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a careful reader would remark (catalogue key `spec.finding.<rule>`)."""

    id: str
    code: str = ""
    rule: str
    severity: Literal["error", "warning", "info"] = "warning"
    params: dict[str, str] = {}
    sources: tuple[Source, ...] = ()
    items: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


class SetAside(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that people set aside, with their reason; `into` names the line that it was merged into."""

    id: str
    code: str
    section: str
    label: str
    why: str = ""
    into: str = ""
    by: str = ""  # person id
    sources: tuple[Source, ...] = ()


class JourneyStage(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A stage of the journey, the same wherever boards name it alike."""

    label: str
    archetype: Archetype
    inferred: bool = False  # the archetype was read from the name, nobody chose it
    goal: str = ""
    exit_criteria: str = ""
    owner_team: str = ""
    expected_delay: Measure | None = None
    sources: tuple[Source, ...] = ()


class BoardPin(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A board as it stood when it was compiled. `digest` is the SHA-256 of its records."""

    id: str
    seq: int
    digest: str
    title: str = ""
    journey: Journey = "as_is"
    persona: str = ""


class Spec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole specification. Its top-level keys are a contract: they are never renamed."""

    format: Literal["charniere-spec"] = "charniere-spec"
    version: Literal[1] = 1
    lang: Literal["fr", "en"] = "fr"
    project: Project
    personas: tuple[Persona, ...] = ()
    boards: tuple[BoardPin, ...] = ()
    journey: tuple[JourneyStage, ...] = ()
    objects: tuple[CrmObject, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    statuses: tuple[Status, ...] = ()
    fields: tuple[Field, ...] = ()
    transitions: tuple[Transition, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    views: tuple[View, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    sla: tuple[Sla, ...] = ()
    scoring: tuple[Scoring, ...] = ()
    roles: tuple[Role, ...] = ()
    integrations: tuple[Integration, ...] = ()
    content: tuple[Content, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    matrix: Matrix = Matrix()
    coverage: Coverage = Coverage()
    findings: tuple[Finding, ...] = ()
    rejected: tuple[SetAside, ...] = ()
    codes: dict[str, str] = {}  # id -> printed code, those of vanished items included


SECTIONS = (
    "objects",
    "pipelines",
    "statuses",
    "fields",
    "transitions",
    "workflows",
    "views",
    "kpis",
    "sla",
    "scoring",
    "roles",
    "integrations",
    "content",
    "personal_data",
    "scenarios",
    "actions",
)
