"""What a room needs of the disk, for one document of one epoch; and the real thing. No rule, no connection."""

from collections.abc import Sequence
from typing import Protocol

from charniere.realtime.codec import Made
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.documents import Entry


class Log(Protocol):
    """`append` raises Outrun or Doubled (see store/documents), or anything else when the disk fails: nothing is then recorded."""

    async def append(self, expected: int, made: Sequence[Made]) -> None: ...

    async def since(self, since: int, limit: int, until: int) -> list[Entry]: ...

    async def entry_of(self, edit_id: str) -> Entry | None: ...


class DiskLog:
    """The log in the database."""

    def __init__(self, database: Database, document_id: str, epoch: int) -> None:
        self._database = database
        self._document = document_id
        self._epoch = epoch

    async def append(self, expected: int, made: Sequence[Made]) -> None:
        entries = [one.entry for one in made]
        last = {(body.kind, body.id): body for one in made for body in one.bodies}
        await self._database.write(
            lambda c: documents.append(c, self._document, self._epoch, expected, entries, list(last.values()))
        )

    async def since(self, since: int, limit: int, until: int) -> list[Entry]:
        return await self._database.read(
            lambda c: documents.log_since(c, self._document, since, limit, until)
        )

    async def entry_of(self, edit_id: str) -> Entry | None:
        return await self._database.read(lambda c: documents.entry_of(c, self._document, edit_id))
