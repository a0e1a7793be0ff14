// My edits on their way: in order, a limited number in flight, sent again on every new connection until they are answered.
import type { Change, EditKind, Writing } from './document';
import type { Entry } from './outbox';

const IN_FLIGHT = 32;

/** E: the edits of the document, R: its records. */
export interface Pending<E, R> {
  readonly entry: Entry<E>;
  /** Safe on this machine, so it may leave. */
  stored: boolean;
  /** The connection it was last sent on; 0 is none. */
  sentOn: number;
  /** Recorded as this revision, which has not been seen yet. */
  recordedAt: number | null;
  /** What it is guessed to do, with the past. */
  guess: readonly Change<R>[];
  /** Words of earlier edits under the same names that were refused: this one may hold them, but does not add them. */
  carried: Writing[];
}

export class Queue<E, R> {
  readonly #kind: EditKind<E>;
  #items: Pending<E, R>[] = [];
  #byId = new Map<string, Pending<E, R>>();

  constructor(kind: EditKind<E>) {
    this.#kind = kind;
  }

  get size(): number {
    return this.#items.length;
  }
  get items(): readonly Pending<E, R>[] {
    return this.#items;
  }
  get(id: string): Pending<E, R> | undefined {
    return this.#byId.get(id);
  }

  add(entry: Entry<E>, stored = false): Pending<E, R> {
    const item: Pending<E, R> = { entry, stored, sentOn: 0, recordedAt: null, guess: [], carried: [] };
    this.#items.push(item);
    this.#byId.set(entry.edit_id, item);
    return item;
  }

  drop(id: string): Pending<E, R> | undefined {
    const item = this.#byId.get(id);
    if (!item) return undefined;
    this.#byId.delete(id);
    if (this.#items[0] === item) this.#items.shift();
    else this.#items = this.#items.filter((other) => other !== item);
    return item;
  }

  /** Everything out, in order. */
  empty(): Entry<E>[] {
    const entries = this.#items.map((item) => item.entry);
    this.#items = [];
    this.#byId.clear();
    return entries;
  }

  /** Sends what may leave on this connection. An edit never overtakes an earlier one. */
  pump(connection: number, send: (entry: Entry<E>) => boolean): void {
    let inFlight = 0;
    for (const item of this.#items) {
      if (item.sentOn !== connection) {
        if (!item.stored || inFlight >= IN_FLIGHT || !send(item.entry)) return;
        item.sentOn = connection;
      }
      inFlight += 1;
    }
  }

  /** To be sent once more on this connection, with all that came after it. */
  again(id: string): void {
    const from = this.#items.findIndex((item) => item.entry.edit_id === id);
    if (from < 0) return;
    for (const item of this.#items.slice(from)) item.sentOn = 0;
  }

  /** Is what this edit is about made by an earlier edit that is still on its way? */
  dependsOnEarlier(id: string): boolean {
    const item = this.#byId.get(id);
    if (!item) return false;
    const touched = new Set(this.#kind.touches(item.entry.edit));
    for (const earlier of this.#items) {
      if (earlier === item) return false;
      if (this.#kind.makes(earlier.entry.edit).some((made) => touched.has(made))) return true;
    }
    return false;
  }

  /**
   * The words of a refused edit that nobody else brings. Those that a later edit under the same name may bring too wait for its answer.
   */
  orphaned(refused: Pending<E, R>): readonly Writing[] {
    const alone: Writing[] = [];
    for (const { id, text } of this.#kind.writings(refused.entry.edit)) {
      const earlier = refused.carried.filter((each) => each.id === id && !holds(text, each.text));
      const words = [...earlier, { id, text }];
      const next = this.#rewriting(refused, id);
      if (next) next.carried.push(...words);
      else alone.push(...words);
    }
    refused.carried = [];
    return alone;
  }

  #rewriting(item: Pending<E, R>, id: string): Pending<E, R> | undefined {
    const from = this.#items.indexOf(item);
    return this.#items.find(({ entry }, at) => at > from && this.#kind.rewrites(entry.edit).includes(id));
  }
}

/** Are all words of `part` in `whole`? */
function holds(whole: string, part: string): boolean {
  const words = new Set(whole.split(/\s+/));
  return part.split(/\s+/).every((word) => words.has(word));
}
