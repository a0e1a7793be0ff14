"""The records of a document as ready bytes, so that a snapshot is a join and not an encoding."""

from collections.abc import Iterable

from msgspec import Raw

from charniere.store.documents import Body


class Shelf:
    """Keyed by tag and id. The joined snapshot is kept until the next change."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self._bodies: dict[tuple[str, str], bytes] = {
            (body.kind, body.id): body.body for body in bodies if body.body is not None
        }
        self._joined: bytes | None = None

    def put(self, bodies: Iterable[Body]) -> None:
        self._joined = None
        for kind, record_id, body in bodies:
            if body is None:
                self._bodies.pop((kind, record_id), None)
            else:
                self._bodies[kind, record_id] = body

    def records(self) -> tuple[Raw, ...]:
        return tuple(Raw(body) for body in self._bodies.values())

    def joined(self) -> Raw:
        """All the records, commas between them: alone in an array it reads as the array of all."""
        if self._joined is None:
            self._joined = b",".join(self._bodies.values())
        return Raw(self._joined)
