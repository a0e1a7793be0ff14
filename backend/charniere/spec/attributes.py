"""What each section shows of a line, in order, and with what it is edited. The one table of attributes: pages, documents and the
review read it. How an attribute is worded is in the catalogues (`spec.attr.<name>`, `spec.value.<choices>.<value>`).
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

Widget: TypeAlias = Literal[
    "text",  # one line of words
    "long",  # several lines
    "choice",  # one of a closed set, named by `choices`
    "object",  # the key of an object of the specification
    "stage",  # the label of a journey stage
    "team",  # a team or a job, in words
    "texts",  # a list of words
    "values",  # the values of a picklist, each with its sources
    "measure",  # a delay or a threshold, as one says it
    "rule",  # conditions joined by « et » or « ou »
    "trigger",  # what sets a workflow off
    "effects",  # what a workflow does
    "duties",  # what a role does
    "flows",  # data between systems
    "number",
    "percent",
    "yes",  # yes or no
    "cited",  # sources and other lines: read, never typed
]


class Attribute(NamedTuple):
    """`choices` names the catalogue's words of a choice, and of the kind inside effects and duties. `bounds`: of a figure."""

    name: str
    widget: Widget = "text"
    choices: str = ""
    bounds: tuple[int, int] = (0, 1_000_000)


_Said: TypeAlias = (
    str | tuple[str, Widget] | tuple[str, Widget, str] | tuple[str, Widget, str, tuple[int, int]]
)


def _of(*said: _Said) -> tuple[Attribute, ...]:
    return tuple(Attribute(one) if isinstance(one, str) else Attribute(*one) for one in said)


STEPS: Final = "steps"  # the stages of pipelines, which are lines of their own
ATTRIBUTES: Final[Mapping[str, tuple[Attribute, ...]]] = {
    "objects": _of(("purpose", "long"), "plural"),
    "pipelines": _of(("object", "object"), ("purpose", "long"), ("owner_team", "team")),
    "statuses": _of(("object", "object"), ("category", "choice", "category"), ("definition", "long")),
    "fields": _of(
        ("object", "object"), ("type", "choice", "type"), "api_name", ("values", "values"),
        ("max_values", "number", "", (1, 1_000)), ("required_at", "stage"), "required_when", ("definition", "long"),
        ("owner", "team"), ("update_rule", "long"), "reporting", ("personal", "yes"), ("sensitive", "yes"),
    ),
    "transitions": _of(
        ("criterion", "long"), ("responsible", "team"), ("delay", "measure"), ("data_quality", "texts"),
    ),
    "workflows": _of(
        ("object", "object"), ("journey_stage", "stage"), ("trigger", "trigger"), ("conditions", "rule"),
        ("actions", "effects", "effect"), ("delay", "measure"), ("owner", "team"), ("team", "team"), ("answers", "cited"),
    ),
    "views": _of(
        ("kind", "choice", "view"), ("object", "object"), ("journey_stage", "stage"), ("filters", "rule"),
        ("shows", "texts"), ("audience", "team"),
    ),
    "kpis": _of(
        ("journey_stage", "stage"), ("object", "object"), ("formula", "long"), "data_source", ("target", "measure"),
        ("owner_team", "team"),
    ),
    "sla": _of(
        ("object", "object"), ("journey_stage", "stage"), ("delay", "measure"), "starts", "stops", ("owner", "team"),
        ("team", "team"), "if_missed",
    ),
    "scoring": _of(
        ("kind", "choice", "scoring"), ("object", "object"), ("criteria", "rule"), "outcome", ("owner", "team"),
    ),
    "roles": _of(("kind", "choice", "role"), ("duties", "duties", "duty")),
    "integrations": _of("system", ("flows", "flows"), ("channels", "texts")),
    "content": _of(
        ("kind", "choice", "content"), ("journey_stage", "stage"), ("audience", "team"), ("answers", "texts"),
        ("owner", "team"),
    ),
    "personal_data": _of(
        ("object", "object"), "data", ("purpose", "long"), ("sensitive", "yes"), "legal_basis", ("retention", "measure"),
    ),
    "scenarios": _of(
        ("journey_stage", "stage"), ("given", "texts"), ("when", "texts"), ("then", "texts"), ("covers", "cited"),
    ),
    "actions": _of(
        ("nature", "choice", "nature"), ("owner", "team"), ("team", "team"), "due", ("votes", "number"),
        ("impact", "number", "", (1, 5)), ("effort", "number", "", (1, 5)), ("family", "choice", "family"),
        ("journey_stage", "stage"), ("resolves", "cited"), ("feeds", "cited"),
    ),
    STEPS: _of(
        ("milestone", "long"), ("outcome", "choice", "outcome"), ("probability", "percent", "", (0, 100)), ("entry", "rule"),
        ("exit", "rule"), ("owner_team", "team"), ("max_delay", "measure"),
    ),
}  # fmt: skip
