"""`charniere board new | add | list | link`: boards of a stopped installation, and one-time links into them.

A running server alone may write its data; these commands then say so and change nothing.
"""

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection

from charniere import opening, settings
from charniere.access import invitations
from charniere.access.tokens import random_token
from charniere.app import milliseconds, new_id
from charniere.commands import _serving
from charniere.commands._grid import default_grid
from charniere.domain import boardfile
from charniere.domain.board import BoardInfo, BoardRecord, Note
from charniere.domain.boardfile import BoardFile
from charniere.domain.edits import BOARD
from charniere.domain.project import Project
from charniere.domain.rights import Role
from charniere.errors import Refused
from charniere.i18n import t
from charniere.opening import CannotStart, Opened
from charniere.settings import BadSetting, Settings
from charniere.store import documents, people, projects


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("board", help=t("fr", "start.help.board"))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="new | add | list | link")
    new = verbs.add_parser("new", help=t("fr", "start.help.board_new"))
    new.add_argument("title", help=t("fr", "start.help.title"))
    new.add_argument("--client", default="", help=t("fr", "start.help.client"))
    new.add_argument("--lang", choices=("fr", "en"), default="fr")
    verbs.add_parser("add", help=t("fr", "start.help.board_add")).add_argument("file", type=Path)
    verbs.add_parser("list", help=t("fr", "start.help.board_list"))
    verbs.add_parser("link", help=t("fr", "start.help.board_link")).add_argument("board")
    for verb in verbs.choices.values():
        verb.add_argument("--data", help=t("fr", "start.help.data"))


def run(arguments: argparse.Namespace) -> int:
    """2: nothing was changed, and the reason is on standard error."""
    try:
        chosen = settings.load(data=arguments.data)
        file = _file(arguments)
        opened = opening.take(chosen)
    except (BadSetting, CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 2
    except (OSError, Refused):
        print(t("fr", "start.board.unreadable", path=str(arguments.file)), file=sys.stderr)
        return 2
    try:
        return _list(opened) if arguments.verb == "list" else _enter(arguments, chosen, opened, file)
    finally:
        opened.close()


def _file(arguments: argparse.Namespace) -> BoardFile | None:
    if arguments.verb == "add":
        return boardfile.read(arguments.file.read_bytes())
    if arguments.verb == "new":
        records = tuple(default_grid(arguments.title, arguments.lang, new_id))
        client = arguments.client or arguments.title
        return BoardFile(id="new", project=Project(id="new", client=client), records=records)
    return None


def _list(opened: Opened) -> int:
    for board, title, client in opened.database.read_now(projects.titles):
        print(f"{board}  {title} ({client})")
    return 0


def _enter(arguments: argparse.Namespace, chosen: Settings, opened: Opened, file: BoardFile | None) -> int:
    token, now = random_token(), milliseconds()

    def work(connection: Connection) -> str | None:
        board = _add(connection, opened.secret, file, chosen.lang, now) if file else str(arguments.board)
        leading = [m.id for m in people.members(connection, board) if m.role is Role.facilitator]
        if not leading:
            return None
        invitations.add_entry_now(connection, token, new_id(), leading[0], board, now)
        return board

    board = opened.database.write_now(work)
    if board is None:
        print(t(chosen.lang, "start.board.unknown", board=arguments.board), file=sys.stderr)
        return 2
    base = chosen.public_url or _serving.addresses(chosen, chosen.port)[0]
    print(t(chosen.lang, "start.board.ready", board=board))
    print(t(chosen.lang, "start.board.link", url=f"{base}/enter/{token}"))
    return 0


def _add(connection: Connection, secret: bytes, file: BoardFile, lang: str, now: int) -> str:
    """Puts the board of a file in, under new ids, with its people and an invitation link. Returns the board's id."""
    board, project, facilitator = new_id(), new_id(), new_id()
    person_ids = {old: new_id() for old in file.people}
    persona_ids = {persona.id: new_id() for persona in file.personas}
    personas = [replace(persona, id=persona_ids[persona.id]) for persona in file.personas]
    records = [_under(record, person_ids, persona_ids) for record in file.records]
    projects.add_project(connection, replace(file.project, id=project), personas, now)
    projects.add_board(connection, board, project, now)
    documents.create(connection, board, BOARD.name, records)
    people.add_person(connection, facilitator, t(lang, "demo.facilitator"), "", now)
    people.join(connection, board, facilitator, Role.facilitator, now)
    for old, name in file.people.items():
        people.add_person(connection, person_ids[old], name, "", now)
        people.join(connection, board, person_ids[old], Role.participant, now)
    invitations.invite_now(connection, secret, new_id(), board, Role.participant, facilitator, now)
    return board


def _under(record: BoardRecord, persons: dict[str, str], personas: dict[str, str]) -> BoardRecord:
    if isinstance(record, Note):
        return replace(record, author=persons.get(record.author, ""))
    if isinstance(record, BoardInfo):
        return replace(record, persona=personas.get(record.persona, ""))
    return record
