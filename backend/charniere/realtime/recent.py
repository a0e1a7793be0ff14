"""The last revisions of a document, kept at hand: for who comes back after a moment, for undo, against doubles. Bounded."""

from collections import deque
from typing import Final

from charniere.realtime.codec import Made

REVISIONS: Final = 1_000
BYTES: Final = 4 * 1024 * 1024


class Recent:
    """`base` is the seq before the oldest revision kept: everything after it is here, without a gap."""

    def __init__(self, seq: int) -> None:
        self.base = seq
        self._kept: deque[Made] = deque()
        self._by_edit: dict[str, Made] = {}
        self._bytes = 0

    def add(self, made: Made) -> None:
        self._kept.append(made)
        self._by_edit[made.revision.edit_id] = made
        self._bytes += len(made.wire)
        while len(self._kept) > REVISIONS or (self._bytes > BYTES and len(self._kept) > 1):
            old = self._kept.popleft()
            self._by_edit.pop(old.revision.edit_id, None)
            self._bytes -= len(old.wire)
            self.base = old.revision.seq

    def of(self, edit_id: str) -> Made | None:
        return self._by_edit.get(edit_id)

    def seq_of(self, edit_id: str) -> int | None:
        made = self._by_edit.get(edit_id)
        return made.revision.seq if made else None

    def after(self, since: int) -> list[bytes] | None:
        """What travels of every revision after `since`, or None when some of them are no longer here."""
        if since < self.base:
            return None
        kept = self._kept
        first = len(kept) - (self.base + len(kept) - since)
        return [kept[i].wire for i in range(first, len(kept))]
