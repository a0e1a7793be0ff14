"""The state machine that looks for a way to make a room and its browsers disagree. Run by test_convergence.py."""

import random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from builders import CHANNELS, STAGES, add, move, remove, set_owner, undo, write
from charniere.domain.edits.types import BoardEdit, RestoreNotes
from charniere.realtime import connection
from charniere.realtime.room import Room
from realtime.surroundings import Disk
from realtime.world import AnyRoom, Replica, World

SMALL_BACKLOG = 3_000  # bytes: a reader that takes nothing is soon cut off

who = st.integers(0, 2)
chances = st.integers(0, 2**32 - 1)


def some_edit(world: World, replica: Replica, chance: random.Random) -> BoardEdit:
    """What somebody may do with the board they see. Words that they bring are unique, and noted."""
    notes = sorted(replica.value.notes)
    note = chance.choice(notes)
    word = f"w{len(world.words)}"
    kind = chance.choice(
        ["add", "write", "write", "write", "move", "remove", "restore", "owner", "undo", "nothing"]
    )
    if kind == "add":
        world.words[word] = ""
        return add(f"note-{word:->8}", word, chance.choice([*STAGES, None]), chance.choice([*CHANNELS, None]))
    if kind == "write":
        world.words[word] = ""
        base = replica.typed.get(note, replica.value.notes[note].text)
        words = base.split()
        words.insert(chance.randint(0, len(words)), word)
        replica.typed[note] = " ".join(words)
        return write(note, replica.typed[note], base)
    if kind == "move":
        return move(note, chance.choice([*STAGES, None]), chance.choice([*CHANNELS, None]))
    if kind == "remove":
        return remove(note)
    if kind == "restore":
        return RestoreNotes(notes=(note,))
    if kind == "owner":
        return set_owner(note, f"owner {len(world.words)}")
    if kind == "undo" and replica.done:
        return undo(chance.choice(sorted(replica.done)))
    return write(note, replica.value.notes[note].text, replica.value.notes[note].text)


def do(world: World, replica: Replica, chance: random.Random) -> None:
    """One edit. The words of an edit that somebody takes back need not stay."""
    before = set(world.words)
    edit = some_edit(world, replica, chance)
    edit_id = world.edit(replica, edit)
    for word in set(world.words) - before:
        world.words[word] = edit_id
    taken_back = getattr(edit, "edit", None)
    for word, brought_by in list(world.words.items()):
        if brought_by == taken_back:
            del world.words[word]
            world.words[f"{word}-taken-back"] = ""


class Machine(RuleBasedStateMachine):
    """Three browsers, connected at first. Each rule alone mostly does nothing: hence the rules that do several things."""

    room: ClassVar[type[AnyRoom]] = Room
    disk: ClassVar[type[Disk] | None] = None

    def __init__(self) -> None:
        super().__init__()
        self._backlog, connection.BACKLOG = connection.BACKLOG, SMALL_BACKLOG
        self.world = World(room=self.room)
        if self.disk is not None:
            self.world.disk.__class__ = self.disk
        for replica in self.world.replicas:
            self.world.reconnect(replica)
            self.world.download(replica)

    @rule(who=who, seed=chances)
    def edit(self, who: int, seed: int) -> None:
        do(self.world, self.world.replicas[who], random.Random(seed))

    @rule(who=who)
    def upload(self, who: int) -> None:
        self.world.upload(self.world.replicas[who])

    @rule(who=who)
    def upload_again(self, who: int) -> None:
        self.world.upload(self.world.replicas[who], again=True)

    @rule()
    def commit(self) -> None:
        self.world.commit()

    @rule()
    def disk_fails(self) -> None:
        self.world.fail()

    @rule()
    def answer_of_the_disk_is_lost(self) -> None:
        self.world.commit(lose_answer=True)

    @rule(seconds=st.sampled_from([0.001, 0.05, 1.0, 5.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.pass_by(seconds)

    @rule(who=who, most=st.integers(1, 3))
    def download(self, who: int, most: int) -> None:
        self.world.download(self.world.replicas[who], most)

    @rule(who=who)
    def drop(self, who: int) -> None:
        self.world.drop(self.world.replicas[who])

    @rule(who=who)
    def reconnect(self, who: int) -> None:
        self.world.reconnect(self.world.replicas[who])

    @rule(after_commit=st.booleans())
    def crash(self, after_commit: bool) -> None:
        self.world.crash(after_commit=after_commit)

    @rule(seed=chances)
    def another_process_writes(self, seed: int) -> None:
        chance = random.Random(seed)
        note = chance.choice(sorted(self.world.disk.value().notes))
        self.world.write_elsewhere(set_owner(note, f"elsewhere {seed}"))

    @rule(who=who, seed=chances, times=st.integers(1, 4))
    def burst(self, who: int, seed: int, times: int) -> None:
        """Several edits on their way at once, all shown to everybody."""
        replica, chance = self.world.replicas[who], random.Random(seed)
        for _ in range(times):
            do(self.world, replica, chance)
            self.world.upload(replica)
        self.all_arrives()

    @rule(who=who, seed=chances)
    def comes_back_after_others_wrote(self, who: int, seed: int) -> None:
        replica, other = self.world.replicas[who], self.world.replicas[(who + 1) % 3]
        self.world.drop(replica)
        self.burst((who + 1) % 3, seed, 2)
        self.world.download(other)
        self.world.reconnect(replica)
        self.world.download(replica)

    @rule(who=who, seed=chances)
    def line_is_cut_before_the_answer(self, who: int, seed: int) -> None:
        replica = self.world.replicas[who]
        self.world.reconnect(replica)
        do(self.world, replica, random.Random(seed))
        self.world.upload(replica)
        self.world.drop(replica)
        self.world.commit()
        self.world.reconnect(replica)
        self.world.upload(replica)

    def all_arrives(self) -> None:
        while self.world.disk.waiting:
            self.world.commit()
        self.world.pass_by(0.1)
        for replica in self.world.replicas:
            self.world.download(replica)

    def teardown(self) -> None:
        try:
            self.world.settle()
            self.world.check()
        finally:
            connection.BACKLOG = self._backlog
            self.world.close()
