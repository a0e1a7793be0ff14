"""What the browser's types are generated from."""

import json
import re

from charniere.wire_schema import schema

DEFINITIONS = schema()["$defs"]


def test_every_reference_leads_somewhere() -> None:
    named = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(DEFINITIONS)))
    assert named <= DEFINITIONS.keys()


def test_names_are_those_of_the_code() -> None:
    assert [name for name in DEFINITIONS if not name.isidentifier()] == []
    assert {"Up", "Down", "BoardEdit", "BoardRecord", "Revision", "Bootstrap"} <= DEFINITIONS.keys()


def test_what_travels_as_bytes_already_encoded_has_its_type() -> None:
    def held(struct: str, field: str) -> str:
        return json.dumps(DEFINITIONS[struct]["properties"][field])

    assert "#/$defs/BoardEdit" in held("Submit", "edit")
    assert "#/$defs/BoardRecord" in held("Welcome", "snapshot")
    assert "#/$defs/Revision" in held("Revisions", "revisions")


def test_the_same_types_give_the_same_text() -> None:
    assert json.dumps(schema()) == json.dumps(schema())


def test_how_a_text_is_told_is_asked_upwards_and_answered_downwards() -> None:
    def members(union: str) -> set[str]:
        return {item["$ref"].rsplit("/", 1)[1] for item in DEFINITIONS[union]["anyOf"]}

    assert {"AskPhrasing", "DismissPhrasing"} <= members("Up")
    assert "Phrasing" in members("Down")
    assert DEFINITIONS["BoardInfo"]["properties"]["je"]["enum"] == ["advice", "insistent", "silent"]
