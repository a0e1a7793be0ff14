"""Boards made by Hypothesis, hostile words included, within what a board can hold."""

from hypothesis import strategies as st

from charniere.domain import rank
from charniere.domain.board import (
    CRM_OBJECTS,
    BoardInfo,
    Channel,
    Due,
    Gap,
    Kind,
    Link,
    LinkKind,
    Note,
    Stage,
    gap_id,
)
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Project

HOSTILE = [
    "=1+1",
    "+33 6 12 34 56 78",
    "-2",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    "'=déjà protégé",
    "''",
    '"guillemets"; et "point-virgule"',
    "deux\nlignes",
    "  espaces  ",
    " =derrière un espace",
    "＝plein",
    "😀👩‍👩‍👧 é e\u0301",
    '=HYPERLINK("http://x","y")',
    "sep=;",
    "ref;étape;canal",
    "\ufeffmarque",
    "#12",
    "a, b; c",
    "<script>alert(1)</script>",
    "_x0041_",
    "\x07\x1b[31m",
]
# what a browser sends: no surrogate alone, line ends as \n, no null character
WILD = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\ufffe\uffff"), max_size=40)
TEXTS = st.one_of(st.sampled_from(HOSTILE), WILD)
FIELDS = TEXTS.map(str.strip)
NAMES = FIELDS.filter(lambda words: 0 < len(words) < 100)


@st.composite
def boards(draw: st.DrawFn, *, imported: bool = True) -> BoardFile:
    stages = _axis(draw, "stage", draw(st.lists(NAMES, max_size=4, unique_by=str.casefold)))
    channels = _axis(draw, "channel", draw(st.lists(NAMES, max_size=3, unique_by=str.casefold)))
    count = draw(st.integers(0, 8))
    numbers = draw(st.lists(st.integers(1, 60), min_size=count, max_size=count, unique=True))
    ranks = draw(st.permutations(rank.spread(None, None, count)))
    notes = [
        _note(draw, f"note-{index:04}", number, key, [*stages, None], [*channels, None])
        for index, (number, key) in enumerate(zip(numbers, ranks, strict=True))
    ]
    records = [BoardInfo(title="Essai", lang=draw(st.sampled_from(["fr", "en"]))), *notes]
    records += [Stage(id=i, name=n, rank=r) for i, (n, r) in stages.items()]
    records += [Channel(id=i, name=n, rank=r) for i, (n, r) in channels.items()]
    if stages and channels:
        stage, channel = next(iter(stages)), next(iter(channels))
        records.append(Gap(id=gap_id(stage, channel), stage=stage, channel=channel))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)) if count else st.nothing()
    for source, target in draw(st.sets(pairs, max_size=8)) if count > 1 else ():
        if source != target:
            kind = draw(st.sampled_from(LinkKind))
            records.append(
                Link(
                    id=f"{source:04}-{target:04}", kind=kind, source=notes[source].id, target=notes[target].id
                )
            )
    return BoardFile(id="essai-board", project=Project(id="essai", client="Essai"), records=tuple(records))


def _axis(draw: st.DrawFn, what: str, names: list[str]) -> dict[str, tuple[str, str]]:
    keys = rank.spread(None, None, len(names))
    return {f"{what}-{index:04}": pair for index, pair in enumerate(zip(names, keys, strict=True))}


def _note(
    draw: st.DrawFn, note_id: str, number: int, key: str, stages: list[str | None], channels: list[str | None]
) -> Note:
    score = st.none() | st.integers(1, 5)
    days = st.none() | st.just(Due("31/03/2027", "2027-03-31")) | st.just(Due("fin mars", "2027-03-31"))
    return Note(
        id=note_id,
        number=number,
        rank=key,
        text=draw(TEXTS),
        kind=draw(st.none() | st.sampled_from(Kind)),
        stage=draw(st.sampled_from(stages)),
        channel=draw(st.sampled_from(channels)),
        emotion=draw(st.none() | st.integers(-2, 2)),
        moment_of_truth=draw(st.booleans()),
        crm_object=draw(st.sampled_from(["", "Équipement", *CRM_OBJECTS])),
        owner=draw(st.sampled_from(["", "Léa", "=Léa", "-"])),
        team=draw(st.sampled_from(["", "Ventes", "+ Marketing"])),
        due=draw(days | FIELDS.filter(bool).map(Due)),
        impact=draw(score),
        effort=draw(score),
        votes=draw(st.none() | st.integers(0, 50)),
        status=draw(st.sampled_from([None, "todo", "doing", "done", "dropped"])),
        ref=draw(st.sampled_from(["", "", "A1", "a1", "S 1", "1, 2", "=R"])),
        imported=draw(
            st.dictionaries(
                st.sampled_from(["émotion", "couleur", "texte", "Statut", "=col"]), NAMES, max_size=2
            )
        ),
    )
