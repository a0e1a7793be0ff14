// From the value to the signals: repaints what was touched and nothing else, all of it in one go.
// Costs what changed plus the cells it changed in; a new stage or channel costs the grid.
import type { BoardInfo, Channel, Link, Person, Seen, Stage } from '../wire/types.gen';
import { BIN, cellKey, fullInfo, gapId, inOrder, placeKey, same } from './records';
import type { Full, Note } from './records';
import { CellState, NoteState } from './state.svelte';
import type { Value } from './value';

const NO_IDS: readonly string[] = [];
const NO_SEEN: readonly Seen[] = [];
const NO_LINKS: readonly Link[] = [];

export class Screen {
  info: Full<BoardInfo> = $state.raw(fullInfo({ type: 'board', title: '' }));
  stages: readonly Stage[] = $state.raw([]);
  channels: readonly Channel[] = $state.raw([]);
  parked: readonly string[] = $state.raw(NO_IDS);
  binned: readonly string[] = $state.raw(NO_IDS);
  links: readonly Link[] = $state.raw(NO_LINKS);
  others: readonly Seen[] = $state.raw(NO_SEEN);
  painted: number = $state(0);
  #people: ReadonlyMap<string, Person> = $state.raw(new Map());
  #gaps: ReadonlySet<string> = $state.raw(new Set());
  #grid: ReadonlyMap<string, CellState> = $state.raw(new Map());
  #known: number = $state(0);
  #linksOf = $derived(byNote(this.links));
  #notes = new Map<string, NoteState>();
  #pending = new Set<string>();
  #writers = new Map<string, Person>();
  #watchers = new Map<string, Set<(text: string | undefined) => void>>();

  note(id: string): NoteState | undefined {
    const state = this.#notes.get(id);
    if (state === undefined) void this.#known; // whoever asks too early is told when it comes
    return state;
  }
  notes(): NoteState[] {
    void this.#known;
    return [...this.#notes.values()];
  }
  cell(stage: string | null, channel: string | null): readonly string[] {
    return this.#grid.get(cellKey(stage, channel))?.ids ?? NO_IDS;
  }
  seenIn(stage: string | null, channel: string | null): readonly Seen[] {
    return this.#grid.get(cellKey(stage, channel))?.seen ?? NO_SEEN;
  }
  linksOf(note: string): readonly Link[] {
    return this.#linksOf.get(note) ?? NO_LINKS;
  }
  gap(stage: string, channel: string): boolean {
    return this.#gaps.has(gapId(stage, channel)) && this.cell(stage, channel).length === 0;
  }
  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  /** Calls back when the text of this note changes on screen; undefined once it is in the bin or gone. */
  watchText(note: string, told: (text: string | undefined) => void): () => void {
    const watchers = this.#watchers.get(note) ?? new Set();
    this.#watchers.set(note, watchers.add(told));
    return () => {
      watchers.delete(told);
      if (watchers.size === 0 && this.#watchers.get(note) === watchers) this.#watchers.delete(note);
    };
  }

  /** Brings to the screen whatever was touched in the value since the last time. */
  paint(value: Value): void {
    const dirty = value.takeDirty();
    if (dirty.size === 0) return;
    const places = new Set<string>();
    const kinds = new Set<string>();
    for (const key of dirty) {
      const split = key.indexOf(':');
      const type = key.slice(0, split);
      if (type === 'note') this.#paintNote(key.slice(split + 1), value, places);
      else kinds.add(type);
    }
    if (kinds.has('board')) this.info = fullInfo(value.info);
    if (kinds.has('stage')) this.stages = value.stages();
    if (kinds.has('channel')) this.channels = value.channels();
    if (kinds.has('stage') || kinds.has('channel')) this.#layGrid(value);
    if (kinds.has('link')) this.links = value.links();
    if (kinds.has('gap')) this.#gaps = new Set(value.ids('gap'));
    for (const place of places) this.#paintCell(place, value);
    this.#paintMargins(places, value);
    this.painted += 1;
  }

  paintPending(now: Set<string>): void {
    for (const id of this.#pending) if (!now.has(id)) this.#notes.get(id)?.setPending(false);
    for (const id of now) this.#notes.get(id)?.setPending(true);
    this.#pending = now;
  }

  paintPeople(people: ReadonlyMap<string, Person>): void {
    this.#people = new Map(people);
  }

  paintPresence(others: readonly Seen[]): void {
    this.others = others;
    const cells = new Map<string, Seen[]>();
    const writers = new Map<string, Person>();
    for (const seen of others) {
      const key = cellKey(seen.stage, seen.channel);
      cells.set(key, [...(cells.get(key) ?? []), seen]);
      const person = this.#people.get(seen.person);
      if (seen.note && seen.doing === 'writing' && person) writers.set(seen.note, person);
    }
    for (const [key, cell] of this.#grid) {
      const seen = cells.get(key) ?? NO_SEEN;
      if (!same(seen, cell.seen)) cell.seen = seen;
    }
    for (const note of this.#writers.keys()) {
      if (!writers.has(note)) this.#notes.get(note)?.setWriter(undefined);
    }
    for (const [note, person] of writers) this.#notes.get(note)?.setWriter(person);
    this.#writers = writers;
  }

  #paintNote(id: string, value: Value, places: Set<string>): void {
    const note = value.get('note', id);
    const state = this.#notes.get(id);
    const before = state?.painted;
    if (note === before) return;
    if (note === undefined) this.#notes.delete(id);
    else if (state) state.paint(note);
    else this.#notes.set(id, this.#born(note));
    if (note === undefined || state === undefined) this.#known += 1;
    if (!before || !note || placeKey(before) !== placeKey(note) || before.rank !== note.rank) {
      if (before) places.add(placeKey(before));
      if (note) places.add(placeKey(note));
    }
    this.#tell(id, shown(before), shown(note));
  }

  #born(note: Note): NoteState {
    const state = new NoteState(note);
    state.setPending(this.#pending.has(note.id));
    state.setWriter(this.#writers.get(note.id));
    return state;
  }

  #tell(id: string, before: string | undefined, now: string | undefined): void {
    if (before === now) return;
    for (const told of this.#watchers.get(id) ?? []) told(now);
  }

  /** A cell exists before it is asked for: a signal made while a view renders would not wake that view. */
  #layGrid(value: Value): void {
    const grid = new Map<string, CellState>();
    for (const stage of [null, ...this.stages.map((each) => each.id)]) {
      for (const channel of [null, ...this.channels.map((each) => each.id)]) {
        const key = cellKey(stage, channel);
        const cell = this.#grid.get(key) ?? new CellState();
        if (!this.#grid.has(key)) cell.ids = value.at(key).map((note) => note.id);
        grid.set(key, cell);
      }
    }
    this.#grid = grid;
  }

  #paintCell(place: string, value: Value): void {
    const cell = this.#grid.get(place);
    if (!cell) return;
    const ids = value.at(place).map((note) => note.id);
    if (!same(ids, cell.ids)) cell.ids = ids;
  }

  #paintMargins(places: ReadonlySet<string>, value: Value): void {
    if (places.has(BIN)) {
      const latest = value.at(BIN).sort((a, b) => (b.removed_at ?? 0) - (a.removed_at ?? 0) || inOrder(a, b));
      this.binned = latest.map((note) => note.id);
    }
    if (![...places].some((place) => place.startsWith('/') || place.endsWith('/'))) return;
    const waiting: Note[] = [...value.at(cellKey(null, null))];
    for (const stage of this.stages) waiting.push(...value.at(cellKey(stage.id, null)));
    for (const channel of this.channels) waiting.push(...value.at(cellKey(null, channel.id)));
    this.parked = waiting.map((note) => note.id);
  }
}

function shown(note: Note | undefined): string | undefined {
  return note === undefined || placeKey(note) === BIN ? undefined : (note.text ?? '');
}

function byNote(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const map = new Map<string, Link[]>();
  for (const link of links) {
    for (const note of [link.source, link.target]) map.set(note, [...(map.get(note) ?? []), link]);
  }
  return map;
}
