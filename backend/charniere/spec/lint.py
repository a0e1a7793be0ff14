"""The linter: what a careful reader would remark in a specification, with corrections that one click can make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from charniere.spec.lexicon import cues
from charniere.spec.lines import Status
from charniere.spec.model import SECTIONS, Correction, Coverage, Finding, Spec
from charniere.spec.parts import Item, Source
from charniere.spec.wall import Wall
from charniere.spec.words import fold, key

BY_HAND = "by_hand"  # the reason of a line that somebody added: its author answers for it
MAX_LEAD_STATUSES = 6
MAX_STATUSES = 7  # of any other object
MAX_FIELDS = 12  # of one object, required or read at one stage


def findings(wall: Wall, spec: Spec) -> tuple[Finding, ...]:
    """In the order in which one would repair them: the wall first, then the specification."""
    return (*_of_coverage(spec.coverage), *_of_notes(wall), *of_lines(spec))


def of_lines(spec: Spec) -> tuple[Finding, ...]:
    """What is remarked of the lines alone, without the wall: again after each decision of a review."""
    return (*_of_statuses(spec), *_of_fields(spec), *_of_pipelines(spec), *_of_items(spec))


# What `of_lines` remarks; all other findings are the wall's.
OF_LINES: Final = frozenset(
    {
        "too_many_statuses",
        "picklist_without_values",
        "duplicate_field",
        "too_many_fields",
        "seller_task",
        "workflow_without_trigger",
        "kpi_without_source",
        "sla_without_owner",
        "item_without_source",
    }
)


def _of_coverage(found: Coverage) -> Iterator[Finding]:
    for rule in (
        "breakpoint_without_action",
        "irritant_without_action",
        "action_without_owner",
        "action_without_date",
        "stage_without_exit",
        "stage_without_signal",
        "stage_without_owner",
        "touchpoint_without_object",
    ):
        group: tuple[Source, ...] = getattr(found, rule)
        if rule == "touchpoint_without_object" and group:
            yield Finding(
                id=f"findings.{rule}.all",
                rule=rule,
                severity="info",
                params={"count": str(len(group))},
                sources=group,
            )
            continue
        for source in group:
            yield Finding(
                id=f"findings.{rule}.{source.note or source.stage}",
                rule=rule,
                severity="warning",
                sources=(source,),
            )
    for twins in found.near_duplicates:
        yield Finding(
            id=f"findings.near_duplicates.{twins[-1].note}",
            rule="near_duplicates",
            severity="info",
            sources=twins,
        )
    if found.not_told_with_je:
        yield Finding(
            id="findings.not_told_with_je.all",
            rule="not_told_with_je",
            severity="info",
            params={"count": str(len(found.not_told_with_je))},
            sources=found.not_told_with_je,
        )
    for use in found.notes:
        if use.why_not and use.why_not not in ("unanswered", "private"):
            yield Finding(
                id=f"findings.note_{use.why_not}.{use.note.note}",
                rule=f"note_{use.why_not}",
                severity="info",
                sources=tuple(filter(None, (use.note, use.of))),
            )


def _of_notes(wall: Wall) -> Iterator[Finding]:
    """A note that is in no cell, or that was given no kind."""
    for told in wall.notes:
        if told.place is None:
            yield Finding(
                id=f"findings.note_unplaced.{told.note.id}",
                rule="note_unplaced",
                severity="info",
                sources=(told.source,),
            )
        if told.note.kind is None:
            yield Finding(
                id=f"findings.note_without_kind.{told.note.id}",
                rule="note_without_kind",
                severity="info",
                sources=(told.source,),
            )


def _of_statuses(spec: Spec) -> Iterator[Finding]:
    by_object: dict[str, list[Status]] = defaultdict(list)
    for status in spec.statuses:
        by_object[status.object].append(status)
    for target, found in by_object.items():
        limit = MAX_LEAD_STATUSES if target == "lead" else MAX_STATUSES
        if len(found) <= limit:
            continue
        yield Finding(
            id=f"findings.too_many_statuses.{target}",
            rule="too_many_statuses",
            params={"count": str(len(found)), "limit": str(limit), "object": target},
            items=tuple(s.id for s in found),
            corrections=tuple(Correction(kind="remove", item=s.id) for s in found[limit:]),
        )


def _of_fields(spec: Spec) -> Iterator[Finding]:
    by_place: dict[tuple[str, str], list[str]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for field in spec.fields:
        by_place[field.object, field.required_at].append(field.id)
        if field.type in ("picklist", "multi_picklist") and not field.values:
            yield Finding(
                id=f"findings.picklist_without_values.{field.id}",
                rule="picklist_without_values",
                params={"label": field.label},
                sources=field.sources,
                items=(field.id,),
                corrections=(Correction(kind="complete", item=field.id, attribute="values"),),
            )
        twin = names.setdefault((field.object, key(field.label)), field.id)
        if twin == field.id:  # two labels may still be one name in the CRM
            twin = names.setdefault((field.object, f"api {field.api_name}"), field.id)
        if twin != field.id:
            yield Finding(
                id=f"findings.duplicate_field.{field.id}",
                rule="duplicate_field",
                params={"label": field.label},
                items=(twin, field.id),
                corrections=(Correction(kind="merge", item=field.id, value=twin),),
            )
    for (target, stage), ids in by_place.items():
        if len(ids) > MAX_FIELDS:
            yield Finding(
                id=f"findings.too_many_fields.{target}.{stage}",
                rule="too_many_fields",
                params={"count": str(len(ids)), "object": target, "stage": stage},
                items=tuple(ids),
            )


def _of_pipelines(spec: Spec) -> Iterator[Finding]:
    """A stage is a milestone of the customer; « Relancer » is a task of the seller."""
    task = cues(spec.lang, "tasks")["seller"]
    for pipeline in spec.pipelines:
        for stage in pipeline.stages:
            if task.search(fold(stage.label)):
                yield Finding(
                    id=f"findings.seller_task.{stage.id}",
                    rule="seller_task",
                    params={"label": stage.label},
                    sources=stage.sources,
                    items=(stage.id,),
                    corrections=(Correction(kind="rename", item=stage.id, attribute="label"),),
                )


def _of_items(spec: Spec) -> Iterator[Finding]:
    for workflow in spec.workflows:
        if workflow.trigger.kind == "unknown":
            yield Finding(
                id=f"findings.workflow_without_trigger.{workflow.id}",
                rule="workflow_without_trigger",
                params={"label": workflow.label},
                sources=workflow.sources,
                items=(workflow.id,),
                corrections=(Correction(kind="complete", item=workflow.id, attribute="trigger"),),
            )
    for kpi in spec.kpis:
        if not kpi.data_source:
            yield Finding(
                id=f"findings.kpi_without_source.{kpi.id}",
                rule="kpi_without_source",
                severity="info",
                params={"label": kpi.label},
                sources=kpi.sources,
                items=(kpi.id,),
            )
    for sla in spec.sla:
        if not sla.owner and not sla.team:
            yield Finding(
                id=f"findings.sla_without_owner.{sla.id}",
                rule="sla_without_owner",
                params={"label": sla.label},
                sources=sla.sources,
                items=(sla.id,),
            )
    for item in _all(spec):
        if not item.sources and item.reason.rule != BY_HAND:
            yield Finding(
                id=f"findings.item_without_source.{item.id}",
                rule="item_without_source",
                params={"label": item.label},
                items=(item.id,),
            )


def _all(spec: Spec) -> Iterator[Item]:
    for name in SECTIONS:
        yield from getattr(spec, name)
