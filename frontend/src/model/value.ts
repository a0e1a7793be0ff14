// The value of a board in the browser: what the server confirmed, and over it what my own unconfirmed edits are guessed to give.
// Mutable and indexed, so that one revision costs what it touches and never the size of the board. No signal, no socket.
import type { Put, Remove } from '../wire/types.gen';
import { inOrder, placeKey } from './records';
import type { BoardInfo, BoardRecord, Channel, Gap, Link, Note, RecordType, Stage } from './records';

export type Change = Put | Remove;
type Key = string;
type OfType<T extends RecordType> = Extract<BoardRecord, { type: T }>;

const NOBODY: ReadonlySet<string> = new Set();

export function keyOf(record: BoardRecord): Key {
  return `${record.type}:${record.id ?? 'board'}`;
}

export class Value {
  #confirmed = new Map<Key, BoardRecord>();
  #laid = new Map<Key, BoardRecord | null>();
  #byType = new Map<RecordType, Set<string>>();
  #places = new Map<string, Set<string>>();
  #links = new Map<string, Set<string>>();
  #number = 0;
  #laidNumber = 0;
  #dirty = new Set<Key>();

  constructor(records: Iterable<BoardRecord>) {
    this.reset(records);
  }

  /** Everything known is replaced: what a snapshot says. Keys that are gone count as touched. */
  reset(records: Iterable<BoardRecord>): void {
    for (const key of this.#confirmed.keys()) this.#dirty.add(key);
    for (const key of this.#laid.keys()) this.#dirty.add(key);
    this.#confirmed.clear();
    this.#laid.clear();
    this.#byType.clear();
    this.#places.clear();
    this.#links.clear();
    this.#number = this.#laidNumber = 0;
    for (const record of records) this.#confirm(keyOf(record), record);
    if (this.info === undefined) throw new Error('a board without its board record');
  }

  /** What the server says happened. */
  advance(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === 'put') this.#confirm(keyOf(change.record), change.record);
      else this.#confirm(keyOf(change.was), null);
    }
  }

  /** A guess, over all that is known. */
  lay(changes: readonly Change[]): void {
    for (const change of changes) {
      const record = change.type === 'put' ? change.record : null;
      const key = keyOf(change.type === 'put' ? change.record : change.was);
      const before = this.#now(key);
      this.#laid.set(key, record);
      this.#index(before, record);
      this.#dirty.add(key);
      if (record?.type === 'note') this.#laidNumber = Math.max(this.#laidNumber, record.number);
    }
  }

  /** All guesses away. */
  lift(): void {
    for (const [key, before] of this.#laid) {
      this.#index(before, this.#confirmed.get(key) ?? null);
      this.#dirty.add(key);
    }
    this.#laid.clear();
    this.#laidNumber = 0;
  }

  /** What was touched since the last call. */
  takeDirty(): Set<Key> {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    return dirty;
  }

  get<T extends RecordType>(type: T, id: string): OfType<T> | undefined {
    return (this.#now(`${type}:${id}`) as OfType<T> | null) ?? undefined;
  }
  /** The record as the server has it, without my guesses. */
  confirmedByKey(key: Key): BoardRecord | undefined {
    return this.#confirmed.get(key);
  }
  byKey(key: Key): BoardRecord | undefined {
    return this.#now(key) ?? undefined;
  }
  get info(): BoardInfo {
    return this.get('board', 'board') as BoardInfo;
  }
  ids(type: RecordType): ReadonlySet<string> {
    return this.#byType.get(type) ?? NOBODY;
  }
  count(type: RecordType): number {
    return this.ids(type).size;
  }
  get lastNumber(): number {
    return Math.max(this.#number, this.#laidNumber);
  }
  stages(): Stage[] {
    return this.#all('stage').sort(inOrder);
  }
  channels(): Channel[] {
    return this.#all('channel').sort(inOrder);
  }
  gaps(): Gap[] {
    return this.#all('gap');
  }
  /** The notes at one place (`cellKey`, or BIN), in order. */
  at(place: string): Note[] {
    const notes: Note[] = [];
    for (const id of this.#places.get(place) ?? NOBODY) {
      const note = this.get('note', id);
      if (note) notes.push(note);
    }
    return notes.sort(inOrder);
  }
  /** The links that touch this note. */
  linksOf(note: string): Link[] {
    const links: Link[] = [];
    for (const id of this.#links.get(note) ?? NOBODY) {
      const link = this.get('link', id);
      if (link) links.push(link);
    }
    return links;
  }
  notes(): Note[] {
    return this.#all('note');
  }
  links(): Link[] {
    return this.#all('link');
  }
  /** Every confirmed record, in no order. */
  records(): BoardRecord[] {
    return [...this.#confirmed.values()];
  }

  #all<T extends RecordType>(type: T): OfType<T>[] {
    const records: OfType<T>[] = [];
    for (const id of this.ids(type)) {
      const record = this.get(type, id);
      if (record) records.push(record);
    }
    return records;
  }

  #now(key: Key): BoardRecord | null {
    const laid = this.#laid.get(key);
    return laid === undefined ? (this.#confirmed.get(key) ?? null) : laid;
  }

  #confirm(key: Key, record: BoardRecord | null): void {
    if (!this.#laid.has(key)) this.#index(this.#confirmed.get(key) ?? null, record);
    if (record === null) this.#confirmed.delete(key);
    else this.#confirmed.set(key, record);
    this.#dirty.add(key);
    if (record?.type === 'note') this.#number = Math.max(this.#number, record.number);
  }

  #index(before: BoardRecord | null, after: BoardRecord | null): void {
    if (before === after) return;
    if (before) enlist(this.#byType, before.type, before.id ?? 'board', false);
    if (after) enlist(this.#byType, after.type, after.id ?? 'board', true);
    if (before?.type === 'note') enlist(this.#places, placeKey(before), before.id, false);
    if (after?.type === 'note') enlist(this.#places, placeKey(after), after.id, true);
    for (const [link, present] of [
      [before, false],
      [after, true],
    ] as const) {
      if (link?.type !== 'link') continue;
      enlist(this.#links, link.source, link.id, present);
      enlist(this.#links, link.target, link.id, present);
    }
  }
}

function enlist<K>(index: Map<K, Set<string>>, key: K, id: string, present: boolean): void {
  const ids = index.get(key);
  if (ids) {
    if (present) ids.add(id);
    else ids.delete(id);
  } else if (present) index.set(key, new Set([id]));
}
