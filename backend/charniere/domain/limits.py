"""Every limit of size and number, in one table. Lengths are Unicode code points unless the name says bytes."""

from typing import Final

TEXT_TYPED: Final = 2_000  # what one may type in a note
TEXT_STORED: Final = 8_000  # what an import may bring
NAME: Final = 120  # a stage, a channel, a board, a person, a team
FIELD: Final = 400  # owner, due words, CRM object, imported reference
SHEET_TEXT: Final = 2_000  # goal, exit criteria, expected delay of a stage
KPIS: Final = 40  # indicators of one stage
TEAMS: Final = 40  # teams of one board

STAGES: Final = 40
CHANNELS: Final = 60
NOTES: Final = 10_000  # bin included
LINKS: Final = 20_000
BATCH: Final = 500  # notes touched by one edit of a participant

FRAME_BYTES: Final = 64 * 1024  # one inbound frame of the socket
JSON_DEPTH: Final = 32
UPLOAD_BYTES: Final = 20 * 1024 * 1024

LINE_PARTS: Final = 200  # entries of a list in a line of the specification
DRAFT_LINES: Final = 5_000
COMMENTS: Final = 5_000

VERSIONS: Final = 500  # frozen specifications of one board
VERSION_NOTE: Final = 2_000  # what a version is about
APPROVALS: Final = 200  # signatures under one version, withdrawn ones included
APPROVAL_WORDS: Final = 200  # name, role, team of who signs
LOGO_BYTES: Final = 512 * 1024
