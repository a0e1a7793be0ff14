"""Logs: one JSON object a line, on standard error. Never a note's text, a name, a token; never a line break inside a value.

A problem is told by its type and where it happened, without its message: messages quote values.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Final

# Links carry a secret in their path: what follows these words is never written.
_SECRET_PATHS: Final = re.compile(r"/(i|enter)/[^/?\s]+")
_LONG_RANDOM: Final = re.compile(r"\b[A-Za-z0-9_-]{20,}\b")
_FIELDS: Final = (
    "method",
    "path",
    "status",
    "ms",
    "code",
    "reference",
    "board",
    "person",
    "role",
    "invitation",
    "address",
    "why",
)
PATH_LIMIT: Final = 300

log = logging.getLogger("charniere")


def set_up(level: str = "") -> None:
    """Send every logger through the JSON lines. A terminal shows warnings only, so that the address stays in sight."""
    chosen = level or ("warning" if sys.stderr.isatty() else "info")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(chosen.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold whole addresses, tokens included
    logging.getLogger("uvicorn.error").setLevel(max(logging.WARNING, root.level))
    logging.getLogger("websockets").setLevel(logging.ERROR)


class Lines(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": redact(record.getMessage() if record.args is None or _ours(record) else str(record.msg)),
        }
        for name in _FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = redact(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["problem"] = record.exc_info[0].__name__
            line["where"] = where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


def redact(text: str) -> str:
    """Secrets out, control characters neutralised, length bounded."""
    text = _SECRET_PATHS.sub(r"/\1/***", text)
    text = "".join(c if c.isprintable() else " " for c in text)
    return text[:PATH_LIMIT]


def where(trace: TracebackType | None) -> list[str]:
    """The places a problem went through, innermost last: file, line and function, no source text, no values."""
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)][-20:]


def safe_path(path: str) -> str:
    """A request's path as it may be written: no link token, no other long random string."""
    return _LONG_RANDOM.sub("***", redact(path))


def _ours(record: logging.LogRecord) -> bool:
    return record.name.startswith("charniere")


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])
