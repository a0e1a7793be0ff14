"""The companion comes back equal, whatever the words in it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from charniere.domain import rank
from charniere.domain.board import Archetype, BoardInfo, Channel, Gap, Stage, gap_id
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.export import companion, notes
from charniere.imports import companion as companions
from charniere.imports.workshop import read
from export.boards import NAMES, TEXTS

WORDS = st.one_of(
    st.sampled_from(["", "null", "~", "oui", "2026-10-06", "- a", "a: b", "# a", "&a", "*a", "!x"]), TEXTS
).map(lambda words: words.replace("\x85", " ").strip())
LISTS = st.lists(WORDS.filter(bool), max_size=3).map(tuple)
FIELDS = st.fixed_dictionaries(
    {"goal": WORDS, "exit_criteria": WORDS, "expected_delay": WORDS, "kpis": LISTS}
)


@st.composite
def files(draw: st.DrawFn) -> BoardFile:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    keys = rank.spread(None, None, len(names))
    stages = [
        Stage(
            id=f"stage-{i:04}",
            name=name,
            rank=key,
            archetype=draw(st.none() | st.sampled_from(Archetype)),
            group=draw(st.sampled_from([None, "before", "during", "after"])),
            **draw(FIELDS),
        )
        for i, (name, key) in enumerate(zip(names, keys, strict=True))
    ]
    channel = Channel(
        id="channel-01",
        name=draw(NAMES),
        rank="V",
        mode="online",
        relation="internal",
        family="sales",
        lane="policy",
    )
    persona = Persona(
        id="p", name=draw(NAMES), role=draw(WORDS), goals=draw(LISTS), context=draw(WORDS), quote=draw(WORDS)
    )
    project = Project(
        id="p",
        client=draw(NAMES),
        purpose=draw(WORDS),
        objectives=draw(LISTS),
        workshop=draw(st.dictionaries(NAMES, WORDS.filter(bool), max_size=2)),
        time_zone="Indian/Reunion",
    )
    info = BoardInfo(
        title=draw(NAMES),
        journey=draw(st.sampled_from(["as_is", "to_be", "day_in_life", "blueprint"])),
        persona="p",
        teams=draw(LISTS.map(lambda teams: tuple(team[:120] for team in teams))),
        locked=draw(st.booleans()),
    )
    gap = Gap(id=gap_id(stages[0].id, channel.id), stage=stages[0].id, channel=channel.id)
    return BoardFile(
        id="board-01", project=project, personas=(persona,), records=(info, *stages, channel, gap)
    )


@settings(max_examples=80, deadline=None)
@given(files())
def test_project_persona_and_sheets_come_back_equal(file: BoardFile) -> None:
    rows, _ = notes.write(file.board)
    told, losses = companion.write(file)
    back = read(rows, told)
    assert losses == ()
    assert plain(back.file) == plain(file)


def plain(file: BoardFile) -> list[object]:
    board = file.board
    return [
        {**asdict(file.project), "id": ""},
        [{**asdict(persona), "id": ""} for persona in file.personas],
        {**asdict(board.info), "persona": ""},
        [
            {**asdict(stage), "id": "", "rank": ""}
            for stage in sorted(board.stages.values(), key=lambda s: s.rank)
        ],
        [{**asdict(channel), "id": "", "rank": ""} for channel in board.channels.values()],
        len(board.gaps),
    ]


def test_a_value_between_quotes_is_words_and_a_bare_null_is_nothing() -> None:
    told, oddities = companions.read(b"projet: {client: 'null', finalite: null, activite: ~}")
    assert (told.project, oddities) == ({"client": "null"}, [])
