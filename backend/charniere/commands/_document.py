"""A document made in a process of its own: its envelope on stdin, its bytes on stdout. `web.making` starts it;
people ask `charniere spec`.
"""

import sys
import traceback
from contextlib import suppress
from typing import Final

_NICE: Final = 10  # whoever edits goes first, and on a busy machine the document still comes
_CPU_SECONDS: Final = 60
_MEMORY_BYTES: Final = 2 << 30
_DOCUMENT_BYTES: Final = 256 << 20


def main() -> int:
    """0 when the document is out. What went wrong is told by its place alone: a message could quote a note."""
    _step_back()
    try:
        sys.stdout.buffer.write(_made(sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except Exception as problem:
        last = traceback.extract_tb(problem.__traceback__)[-1]
        sys.stderr.write(f"{type(problem).__name__} at {last.filename}:{last.lineno}")
        return 1
    return 0


def _made(data: bytes) -> bytes:
    from charniere.export.documents.formats import DOCUMENTS
    from charniere.spec.compile import compile_spec
    from charniere.spec.envelope import opened

    envelope = opened(data)
    spec = envelope.spec or compile_spec(envelope.files)
    return DOCUMENTS[envelope.kind](spec, envelope.files, envelope.edition)


def _step_back() -> None:
    """Last in line for the processor, and bounded, where the system knows how."""
    import os

    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_DATA, _MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, _DOCUMENT_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        with suppress(ValueError, OSError):  # a narrower limit stands already
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
