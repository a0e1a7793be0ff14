"""The review draft of a board: made when somebody first looks, brought up to what the wall gives, put together for reading.

What a decision is and does is in `spec.draft`; every edit goes through the hub.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple
from weakref import WeakValueDictionary

from msgspec.structs import replace
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from charniere.domain.board import Note
from charniere.domain.boardfile import BoardFile
from charniere.domain.changes import Put
from charniere.domain.rights import Role, Standing
from charniere.errors import Code, Refused
from charniere.realtime.hub import Snapshot
from charniere.realtime.protocol import Settled
from charniere.spec.compile import compile_spec, decode, encode
from charniere.spec.draft import DRAFT, records
from charniere.spec.draft.assemble import assemble
from charniere.spec.draft.edits import Freeze, Propose
from charniere.spec.draft.propose import first
from charniere.spec.draft.records import SYSTEM, Draft, Line
from charniere.spec.edition import Edition
from charniere.spec.model import Spec
from charniere.store import documents, people, projects, specs
from charniere.store.specs import Freezing
from charniere.web.installation import Installation, installation_of
from charniere.web.standing_board import board_file

_SERVER: Final = Standing(Role.facilitator)
_making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_freezing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


class Reviewed(NamedTuple):
    """A specification as it stands, the boards it speaks of, and which edition it is."""

    spec: Spec
    files: tuple[BoardFile, ...]
    edition: Edition


async def open_draft(request: Request, board: str) -> str:
    """The draft's document, made of the board if there is none yet."""
    installation = installation_of(request)
    found = await installation.database.read(lambda c: specs.draft_of(c, board))
    if found is not None:
        return found
    async with _making.setdefault(board, asyncio.Lock()):
        found = await installation.database.read(lambda c: specs.draft_of(c, board))
        if found is not None:
            return found
        file = await board_file(request, board)
        at = installation.clock()
        made = await run_in_threadpool(lambda: list(records.records(first(compile_spec([file]), at))))
        document = installation.new_id()

        def write(connection: Connection) -> None:
            documents.create(connection, document, DRAFT.name, made)
            specs.add_draft(connection, document, board, at)

        await installation.database.write(write)
        return document


async def is_behind(request: Request, board: str, draft: Draft) -> int:
    """How many edits the wall took since it was last read; 0 for a version that is frozen."""
    if draft.info.frozen:
        return 0
    snapshot = await installation_of(request).hub.snapshot(board)
    return max(0, snapshot.seq - proposed_seq(draft))


def proposed_seq(draft: Draft) -> int:
    return draft.info.boards[0].seq if draft.info.boards else -1


async def propose(request: Request, board: str) -> int:
    """Brings the proposals to what the wall gives now; how many lines changed. Raises Refused(read_only) for a frozen version.

    One reading at a time: who asks meanwhile finds it done, and an older wall never comes after a newer one.
    """
    document = await open_draft(request, board)
    async with _making.setdefault(board, asyncio.Lock()):
        return await _propose(request, board, document)


async def _propose(request: Request, board: str, document: str) -> int:
    installation = installation_of(request)
    draft: Draft = (await installation.hub.snapshot(document)).value
    if draft.info.frozen:
        raise Refused(Code.read_only)
    file = await board_file(request, board)
    if file.seq == proposed_seq(draft):
        return 0
    codes = draft.parts["codes"].body
    spec = await run_in_threadpool(compile_spec, [file], codes, draft.info.last)
    answer = await installation.hub.submit(document, SYSTEM, _SERVER, installation.new_id(), Propose(spec))
    if isinstance(answer, Settled):
        return 0
    changed = (one.record if isinstance(one, Put) else one.was for one in answer.changes)
    return sum(1 for record in changed if isinstance(record, Line))


async def refreshed(request: Request, board: str, fresh_for: int = 0) -> tuple[str, Snapshot]:
    """The draft for somebody who opens it: up to the wall when nobody else is at work on it.

    `fresh_for`: milliseconds for which an earlier reading of the wall is good enough.
    """
    installation = installation_of(request)
    document = await open_draft(request, board)
    found = await installation.hub.snapshot(document)
    if found.value.info.frozen and not await _is_kept(installation, board, found.value.info.number):
        # the server stopped between the two halves of a freeze: the draft moves again
        move = Freeze(found.value.info.number, frozen=False)
        await installation.hub.submit(document, SYSTEM, _SERVER, installation.new_id(), move)
        found = await installation.hub.snapshot(document)
    is_fresh = installation.clock() - found.value.info.proposed_at < fresh_for
    if (
        not is_fresh
        and installation.hub.count(document) == 0
        and await is_behind(request, board, found.value)
    ):
        await propose(request, board)
        found = await installation.hub.snapshot(document)
    return document, found


async def _is_kept(installation: Installation, board: str, number: int) -> bool:
    return board in _freezing or number <= await _last_kept(installation, board)


async def _last_kept(installation: Installation, board: str) -> int:
    heads = await installation.database.read(lambda c: specs.versions_of(c, board))
    return max((one.number for one in heads), default=0)


async def freeze(request: Request, board: str, person: str, by: Standing, note: str) -> int:
    """Keeps the draft as its next version; the number. Raises Refused(read_only) for one that is frozen already.

    The draft rests first, so that what is kept is what stands; it moves again when it could not be kept.
    """
    installation = installation_of(request)
    document = await open_draft(request, board)
    async with _freezing.setdefault(board, asyncio.Lock()):
        info = (await installation.hub.snapshot(document)).value.info
        if info.frozen:
            raise Refused(Code.read_only)
        rest = Freeze(await _last_kept(installation, board) + 1)
        await installation.hub.submit(document, person, by, installation.new_id(), rest)
        try:
            return await _keep(request, board, document, person, note)
        except BaseException:
            move = replace(rest, frozen=False)
            await asyncio.shield(installation.hub.submit(document, person, by, installation.new_id(), move))
            raise


async def _keep(request: Request, board: str, document: str, person: str, note: str) -> int:
    installation = installation_of(request)
    found = await installation.hub.snapshot(document)
    file = await board_file(request, board, proposed_seq(found.value))
    kept = Freezing(
        id=installation.new_id(),
        author=person,
        at=installation.clock(),
        note=note,
        spec=await run_in_threadpool(lambda: encode(assemble(found.value))),
        boards=(file,),
        draft_seq=found.seq,
    )
    head = await installation.database.write(lambda c: specs.freeze(c, board, kept))
    return head.number


async def reviewed(request: Request, board: str, number: int | None = None, fresh_for: int = 0) -> Reviewed:
    """The draft as it stands (see `refreshed`), or frozen version `number`. Raises Refused(not_found)."""
    if number is not None:
        return await version(request, board, number)
    installation = installation_of(request)
    _, found = await refreshed(request, board, fresh_for)
    draft: Draft = found.value
    if draft.info.frozen:
        return await version(request, board, draft.info.number)
    spec = await run_in_threadpool(assemble, draft)
    file = await board_file(request, board, proposed_seq(draft), (one.by for one in spec.rejected))
    logo = await installation.database.read(lambda c: specs.logo_of(c, file.project.id))
    return Reviewed(spec, (file,), Edition(number=draft.info.number, logo=logo))


async def version(request: Request, board: str, number: int) -> Reviewed:
    installation = installation_of(request)
    return await installation.database.read(lambda c: _version(c, board, number))


def _version(connection: Connection, board: str, number: int) -> Reviewed:
    found = specs.version(connection, board, number)
    project = projects.project_of(connection, board)
    if found is None or project is None:
        raise Refused(Code.not_found)
    head = found.head
    spec = decode(found.spec)
    names = _names(connection, head.author, spec, found.boards)
    signed = specs.approvals_of(connection, head.id)
    edition = Edition(
        number=head.number,
        frozen=True,
        digest=head.digest,
        author=names.get(head.author, ""),
        at=head.at,
        note=head.note,
        approvals=tuple(one.approval for one in signed if one.withdrawn_at is None),
        logo=specs.logo_of(connection, project.id),
    )
    files = tuple(replace(file, people=names) for file in found.boards)
    return Reviewed(spec, files, edition)


def _names(connection: Connection, author: str, spec: Spec, files: Sequence[BoardFile]) -> dict[str, str]:
    """Who is named in a version, as they are called now: names are kept nowhere else."""
    wrote = (one.author for file in files for one in file.records if isinstance(one, Note))
    wanted = sorted({author, *(one.by for one in spec.rejected), *wrote} - {""})
    return {one.id: one.name for one in people.named(connection, wanted)}
