"""Logs are one JSON object a line, and hold nothing that somebody wrote."""

import json
import logging
import sys

import pytest

from charniere.logs import Lines, redact, safe_path


def line(message: str, *args: object, name: str = "charniere.web", **extra: object) -> dict[str, object]:
    record = logging.LogRecord(name, logging.INFO, __file__, 1, message, args, None)
    record.__dict__.update(extra)
    text = Lines().format(record)
    assert "\n" not in text
    told: dict[str, object] = json.loads(text)
    return told


def test_a_line_says_when_how_grave_from_where_and_what() -> None:
    told = line("request", method="GET", path="/b/x", status=200, ms=1.5, unknown="left out")
    assert told.pop("at")
    assert told == {
        "level": "info",
        "from": "charniere.web",
        "event": "request",
        "method": "GET",
        "path": "/b/x",
        "status": 200,
        "ms": 1.5,
    }


@pytest.mark.parametrize(
    "path", ["/i/s3cret", "/enter/s3cret", "/i/s3cret?x=1", "GET /enter/s3cret HTTP/1.1"]
)
def test_what_follows_a_link_s_word_is_never_written(path: str) -> None:
    assert "s3cret" not in redact(path)
    assert "s3cret" not in json.dumps(line("seen", path=path))


def test_a_long_random_word_in_a_path_is_taken_for_a_token() -> None:
    assert safe_path("/b/demonstration/" + "A9v9z7V0NzM0uOppLor_gdykPQi5xp35") == "/b/demonstration/***"


def test_line_breaks_and_control_characters_are_neutralised() -> None:
    told = line("request", path='/x\r\n{"level":"error"}\x1b[2J\u2028')
    assert told["path"] == '/x  {"level":"error"} [2J '


def test_a_long_value_is_cut() -> None:
    assert len(str(line("request", path="/x" * 5000)["path"])) == 300


def test_a_problem_is_told_by_its_type_and_place_without_its_message() -> None:
    try:
        raise ValueError("Je ne sais jamais où en est mon ticket")
    except ValueError:
        record = logging.LogRecord("charniere.web", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    text = Lines().format(record)
    assert "ticket" not in text
    told = json.loads(text)
    assert told["problem"] == "ValueError"
    assert told["where"][-1].endswith("test_a_problem_is_told_by_its_type_and_place_without_its_message")


def test_the_arguments_of_other_libraries_are_left_out() -> None:
    assert line("%s said %s", "anna", "hello", name="uvicorn.error")["event"] == "%s said %s"
    assert line("%s said %s", 1, 2)["event"] == "1 said 2"
