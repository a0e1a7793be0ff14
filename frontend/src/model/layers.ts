// The records of one document in the browser: what the server confirmed, and over it what my own unconfirmed edits are guessed to give.
// Mutable and indexed by who extends it, so that one revision costs what it touches and never the size of the document. No signal.
import type { Change } from '../wire/frames';
import type { DocumentValue, Recorded } from './document';

type Key = string;

/** The name of a record; the only one of its type is named after it. */
export function keyOf(record: Recorded): Key {
  return `${record.type}:${record.id ?? record.type}`;
}

export abstract class Layers<R extends Recorded> implements DocumentValue<R> {
  #confirmed = new Map<Key, R>();
  #laid = new Map<Key, R | null>();
  #dirty = new Set<Key>();

  /** Everything known is replaced: what a snapshot says. Keys that are gone count as touched. */
  reset(records: Iterable<R>): void {
    for (const key of this.#confirmed.keys()) this.#dirty.add(key);
    for (const key of this.#laid.keys()) this.#dirty.add(key);
    this.#confirmed.clear();
    this.#laid.clear();
    this.emptied();
    for (const record of records) this.#confirm(keyOf(record), record);
  }

  /** What the server says happened. */
  advance(changes: readonly Change<R>[]): void {
    for (const change of changes) {
      if (change.type === 'put') this.#confirm(keyOf(change.record), change.record);
      else this.#confirm(keyOf(change.was), null);
    }
  }

  /** A guess, over all that is known. */
  lay(changes: readonly Change<R>[]): void {
    for (const change of changes) {
      const record = change.type === 'put' ? change.record : null;
      const key = keyOf(change.type === 'put' ? change.record : change.was);
      const before = this.#now(key);
      this.#laid.set(key, record);
      this.#moved(before, record);
      this.#dirty.add(key);
      if (record) this.met(record, true);
    }
  }

  /** All guesses away. */
  lift(): void {
    for (const [key, before] of this.#laid) {
      this.#moved(before, this.#confirmed.get(key) ?? null);
      this.#dirty.add(key);
    }
    this.#laid.clear();
    this.lifted();
  }

  /** What was touched since the last call. */
  takeDirty(): Set<Key> {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    return dirty;
  }

  /** The record of this name as the server has it, without my guesses. */
  confirmed(record: R): R | undefined {
    return this.#confirmed.get(keyOf(record));
  }
  byKey(key: Key): R | undefined {
    return this.#now(key) ?? undefined;
  }
  /** Every confirmed record, in no order. */
  records(): R[] {
    return [...this.#confirmed.values()];
  }

  /** Indexes begin again. */
  protected abstract emptied(): void;
  /** What stands under one name changes: indexes follow. */
  protected abstract index(before: R | null, after: R | null): void;
  /** A record came in, confirmed or guessed, whether or not it is what stands. */
  protected met(_record: R, _guessed: boolean): void {
    return;
  }
  /** No guess is left. */
  protected lifted(): void {
    return;
  }

  #now(key: Key): R | null {
    const laid = this.#laid.get(key);
    return laid === undefined ? (this.#confirmed.get(key) ?? null) : laid;
  }

  #confirm(key: Key, record: R | null): void {
    if (!this.#laid.has(key)) this.#moved(this.#confirmed.get(key) ?? null, record);
    if (record === null) this.#confirmed.delete(key);
    else this.#confirmed.set(key, record);
    this.#dirty.add(key);
    if (record) this.met(record, false);
  }

  #moved(before: R | null, after: R | null): void {
    if (before !== after) this.index(before, after);
  }
}

/** Adds an id to a set of a map of sets, or takes it out. */
export function enlist<K>(index: Map<K, Set<string>>, key: K, id: string, present: boolean): void {
  const ids = index.get(key);
  if (ids) {
    if (present) ids.add(id);
    else ids.delete(id);
  } else if (present) index.set(key, new Set([id]));
}
