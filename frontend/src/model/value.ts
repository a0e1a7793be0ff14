// The value of a board in the browser: its records in layers, with what the board asks of them: order, places, links, numbers.
import type { Change as AnyChange } from '../wire/frames';
import { Layers, enlist, keyOf } from './layers';
import { inOrder, placeKey } from './records';
import type { BoardInfo, BoardRecord, Channel, Gap, Link, Note, RecordType, Stage } from './records';

export { keyOf };
export type Change = AnyChange<BoardRecord>;
type OfType<T extends RecordType> = Extract<BoardRecord, { type: T }>;

const NOBODY: ReadonlySet<string> = new Set();

export class Value extends Layers<BoardRecord> {
  #byType = new Map<RecordType, Set<string>>();
  #places = new Map<string, Set<string>>();
  #links = new Map<string, Set<string>>();
  #number = 0;
  #laidNumber = 0;

  constructor(records: Iterable<BoardRecord>) {
    super();
    this.reset(records);
  }

  override reset(records: Iterable<BoardRecord>): void {
    super.reset(records);
    if (this.info === undefined) throw new Error('a board without its board record');
  }

  get<T extends RecordType>(type: T, id: string): OfType<T> | undefined {
    return this.byKey(`${type}:${id}`) as OfType<T> | undefined;
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

  #all<T extends RecordType>(type: T): OfType<T>[] {
    const records: OfType<T>[] = [];
    for (const id of this.ids(type)) {
      const record = this.get(type, id);
      if (record) records.push(record);
    }
    return records;
  }

  protected emptied(): void {
    this.#byType.clear();
    this.#places.clear();
    this.#links.clear();
    this.#number = this.#laidNumber = 0;
  }

  protected override met(record: BoardRecord, guessed: boolean): void {
    if (record.type !== 'note') return;
    if (guessed) this.#laidNumber = Math.max(this.#laidNumber, record.number);
    else this.#number = Math.max(this.#number, record.number);
  }

  protected override lifted(): void {
    this.#laidNumber = 0;
  }

  protected index(before: BoardRecord | null, after: BoardRecord | null): void {
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
