"""The JSON schema of all that browser and server say to each other; `python -m charniere.wire_schema` prints it.

The browser's types are generated from it (`npm run types`). Nothing is defined here.
"""

import json
import sys
from typing import Any, Final

import msgspec

from charniere.domain.board import BoardRecord, BoardRevision
from charniere.domain.edits.types import BoardEdit
from charniere.realtime.protocol import Down, Up
from charniere.spec.draft.edits import DraftEdit
from charniere.spec.draft.records import DraftRecord
from charniere.spec.model import Spec
from charniere.web.bootstrap import Bootstrap, ReviewBootstrap
from charniere.web.compare_api import Compared
from charniere.web.review_api import Uses
from charniere.web.versions_api import Versions

UNIONS: Final = {
    "BoardRecord": BoardRecord,
    "BoardEdit": BoardEdit,
    "DraftRecord": DraftRecord,
    "DraftEdit": DraftEdit,
    "Up": Up,
    "Down": Down,
}
STRUCTS: Final = (BoardRevision, Bootstrap, ReviewBootstrap, Spec, Compared, Uses, Versions)
_REF: Final = "#/$defs/{name}"
# Fields that travel as bytes already encoded, and what those bytes hold on a board.
_RAW: Final = {
    ("Submit", "edit"): "BoardEdit",
    ("Welcome", "snapshot"): "BoardRecord",
    ("Revisions", "revisions"): "Revision",
    ("ReviewBootstrap", "records"): "BoardRecord",
}


def schema() -> dict[str, Any]:
    """One document with everything under `$defs`; the same types give the same text."""
    types = (*UNIONS.values(), *STRUCTS)
    roots, components = msgspec.json.schema_components(types, ref_template=_REF)
    for name, root in zip(UNIONS, roots, strict=False):
        components[name] = root
    definitions = {_plain(name): {**value, "title": _plain(name)} for name, value in components.items()}
    for (struct, field), held in _RAW.items():
        _set_raw(definitions[struct]["properties"][field], {"$ref": _REF.format(name=held)})
    lean: dict[str, Any] = _lean({"$defs": dict(sorted(definitions.items()))})
    return lean


def _plain(name: str) -> str:
    """`Put_charniere.domain.board.BoardInfo___...` is `Put`: a board has one kind of each."""
    return name.split("_", 1)[0]


def _set_raw(holder: dict[str, Any], held: dict[str, str]) -> None:
    for array in (holder, *holder.get("anyOf", ())):
        if array.get("type") == "array":
            array["items"] = held
            return
    holder.clear()
    holder.update(held)


def _lean(node: Any) -> Any:
    """References by plain name, and no `minItems`, which would make tuples of the lists."""
    if isinstance(node, list):
        return [_lean(item) for item in node]
    if isinstance(node, dict):
        # an object without a shape is a map of anything
        open_map = {"additionalProperties": True} if node.get("type") == "object" else {}
        return open_map | {
            key: _REF.format(name=_plain(value.rsplit("/", 1)[1])) if key == "$ref" else _lean(value)
            for key, value in node.items()
            if key not in ("minItems", "discriminator")
        }
    return node


if __name__ == "__main__":
    json.dump(schema(), sys.stdout, indent=1)
