"""Boards in, a specification out: the sections in the order in which they need each other. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from charniere.domain.boardfile import BoardFile
from charniere.spec import wall as walls
from charniere.spec.actions import actions
from charniere.spec.codes import allocate
from charniere.spec.content import contents
from charniere.spec.coverage import coverage
from charniere.spec.fields import fields
from charniere.spec.integrations import integrations
from charniere.spec.kpis import kpis
from charniere.spec.lint import findings
from charniere.spec.matrix import matrix
from charniere.spec.measures import measures
from charniere.spec.model import SECTIONS, BoardPin, JourneyStage, Spec
from charniere.spec.objects import objects
from charniere.spec.parts import Item
from charniere.spec.personal_data import personal_data
from charniere.spec.pipelines import pipelines
from charniere.spec.roles import roles
from charniere.spec.scenarios import scenarios
from charniere.spec.scoring import scoring
from charniere.spec.sla import slas
from charniere.spec.statuses import statuses
from charniere.spec.transitions import transitions
from charniere.spec.views import views
from charniere.spec.wall import Place, Wall
from charniere.spec.workflows import workflows


def compile_spec(
    files: Sequence[BoardFile],
    codes: Mapping[str, str] | None = None,
    taken: Mapping[str, int] | None = None,
) -> Spec:
    """The specification of a project. `codes` are those of its earlier compiles, `taken` the last number by prefix.

    Raises ValueError without a board.
    """
    wall = walls.read(files)
    spec = _sections(wall)
    spec = replace(spec, coverage=coverage(wall, items(spec), spec.matrix))
    spec = replace(spec, findings=findings(wall, spec))
    return _coded(spec, codes or {}, taken or {})


def encode(spec: Spec) -> bytes:
    """`spec.json`: the same specification gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(spec), indent=1) + b"\n"


def decode(data: bytes) -> Spec:
    """Raises msgspec.ValidationError for anything that is not a whole specification."""
    return msgspec.json.decode(data, type=Spec)


def items(spec: Spec) -> Iterator[Item]:
    """Every line of every section, the stages of pipelines included."""
    for name in SECTIONS:
        for item in getattr(spec, name):
            yield item
            if name == "pipelines":
                yield from item.stages


def _sections(wall: Wall) -> Spec:
    found = objects(wall)
    known = frozenset(o.key for o in found)
    status = statuses(wall, found)
    data = fields(wall, known)
    ways = pipelines(wall, known, status)
    automatic = workflows(wall, known)
    figures = kpis(wall, known)
    rated = scoring(wall, known)
    private = personal_data(wall, data)
    looks = views(wall, found, figures)
    taken = frozenset(
        (s.board, s.note)
        for group in (data, figures, rated, private, looks)
        for one in group
        for s in one.sources
        if s.note
    )
    spec = Spec(
        lang="fr" if wall.lang == "fr" else "en",
        project=wall.project,
        personas=wall.personas,
        boards=tuple(_pin(wall, file) for file in wall.files),
        journey=tuple(_journey_stage(wall, place) for place in wall.places),
        objects=found,
        pipelines=ways,
        statuses=status,
        fields=data,
        transitions=transitions(wall, known, data),
        workflows=automatic,
        views=looks,
        kpis=figures,
        sla=slas(wall, known),
        scoring=rated,
        roles=roles(wall, automatic),
        integrations=integrations(wall, known),
        content=contents(wall, taken),
        personal_data=private,
        scenarios=scenarios(wall, found, ways, automatic),
        matrix=matrix(wall, found, data, figures),
    )
    return replace(spec, actions=actions(wall, items(spec)))


def _pin(wall: Wall, file: BoardFile) -> BoardPin:
    board = wall.boards[file.id]
    info = board.info
    return BoardPin(
        id=file.id,
        seq=file.seq,
        digest=walls.digest(board),
        title=info.title,
        journey=info.journey,
        persona=info.persona,
    )


def _journey_stage(wall: Wall, place: Place) -> JourneyStage:
    delay = measures(place.expected_delay, wall.lang)
    return JourneyStage(
        label=place.label,
        archetype=place.archetype,
        inferred=place.inferred,
        goal=place.goal,
        exit_criteria=place.exit_criteria,
        owner_team=place.owner_team,
        expected_delay=delay[0].measure if delay else None,
        sources=place.sources(),
    )


def _coded(spec: Spec, earlier: Mapping[str, str], taken: Mapping[str, int]) -> Spec:
    codes = allocate([item.id for item in items(spec)] + [f.id for f in spec.findings], earlier, taken)
    changed: dict[str, Any] = {
        name: tuple(replace(item, code=codes[item.id]) for item in getattr(spec, name)) for name in SECTIONS
    }
    changed["pipelines"] = tuple(
        replace(p, stages=tuple(replace(s, code=codes[s.id]) for s in p.stages)) for p in changed["pipelines"]
    )
    changed["findings"] = tuple(replace(f, code=codes[f.id]) for f in spec.findings)
    return replace(spec, **changed, codes=codes)
