"""Acceptance scenarios, in journey order: what the customer does, what the CRM must show for it."""

from __future__ import annotations

from charniere.domain.board import Kind
from charniere.spec.items import because, ident, sources
from charniere.spec.lexicon import cues, phrase
from charniere.spec.lines import CrmObject, Pipeline, PipelineStage, Scenario, Workflow
from charniere.spec.objects import object_label, object_of
from charniere.spec.wall import Told, Wall
from charniere.spec.words import capital, label, squash, stems, trim


def scenarios(
    wall: Wall,
    objects: tuple[CrmObject, ...],
    pipelines: tuple[Pipeline, ...],
    workflows: tuple[Workflow, ...],
) -> tuple[Scenario, ...]:
    """One a touchpoint that a customer tells and that a channel of ours can see."""
    known = frozenset(o.key for o in objects)
    steps: dict[tuple[str, str | None], tuple[Pipeline, PipelineStage]] = {}
    for pipeline in pipelines:
        for step in pipeline.stages:
            for source in step.sources if step.outcome != "lost" else ():
                steps.setdefault((source.board, source.note), (pipeline, step))
    events = [(w, stems(w.trigger.words)) for w in workflows if w.trigger.kind == "event"]
    out = []
    for told in wall.of_kind(Kind.touchpoint):
        if seen(told) and told.at not in wall.twins:
            begun = [workflow for workflow, wanted in events if _sets_off(told, workflow, wanted)]
            out.append(_scenario(wall, told, known, steps.get(told.at), begun))
    return tuple(out)


def seen(told: Told) -> bool:
    """Can a system of ours see this touchpoint? Not behind the scenes, not on somebody else's ground."""
    if told.internal or told.place is None:
        return False
    if cues(told.lang, "notes")["outside"].search(told.folded):
        return False
    return not told.indirect or bool(told.note.crm_object)


def _scenario(
    wall: Wall,
    told: Told,
    known: frozenset[str],
    step: tuple[Pipeline, PipelineStage] | None,
    begun: list[Workflow],
) -> Scenario:
    target = object_of(told, known)
    given = [phrase(wall.lang, "given_stage", stage=told.stage_label)]
    when = [capital(trim(told.text))]
    if told.channel:
        when.append(phrase(wall.lang, "given_channel", channel=told.channel.name))
    then = [phrase(wall.lang, "then_record", object=object_label(wall.lang, target))]
    covers: list[str] = []
    if step is not None:
        pipeline, stage = step
        then.append(
            f"{pipeline.label} : « {stage.label} »"
            if wall.lang == "fr"
            else f"{pipeline.label}: “{stage.label}”"
        )
        covers.append(stage.id)
    then += [workflow.label for workflow in begun]
    covers += [workflow.id for workflow in begun]
    twins = wall.repeats.get(told.at, ())
    return Scenario(
        id=ident("scenarios", "scenario", told),
        label=label(told.text),
        reason=because("scenario_truth" if told.note.moment_of_truth else "scenario"),
        sources=sources(told, twins),
        journey_stage=told.stage_label,
        channel=told.channel.name if told.channel else "",
        object=target,
        given=tuple(given),
        when=tuple(when),
        then=tuple(then),
        critical=told.note.moment_of_truth,
        covers=tuple(covers),
    )


def _sets_off(told: Told, workflow: Workflow, wanted: frozenset[str]) -> bool:
    """The words of its event say what the customer does, at the same stage: two in common at least, and no lack."""
    if workflow.journey_stage != told.stage_label:
        return False
    return len(wanted) >= 2 and len(wanted & stems(squash(told.text))) >= 2
