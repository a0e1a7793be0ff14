// What the engine's client must know of a kind of document: the twin of the server's domain/document.py. Sync, queue, outbox, history
// are written against this alone; what a board or a draft is never comes in here.
import type { Change, Down } from '../wire/frames';
import type { Code } from '../wire/types.gen';
import type { Bytes } from './ids';

export type { Change };

/** What every record has; the only one of its type has no id. */
export interface Recorded {
  readonly type: string;
  readonly id?: string;
}
/** What every edit has. */
export interface Asked {
  readonly type: string;
}

/** By whom and when; for an undo also the changes, with their past, that it takes back. */
export interface By<R> {
  readonly author: string;
  readonly at: number;
  readonly undone?: readonly Change<R>[] | undefined;
}
/** The changes; none for an edit without effect; a code for one that will be refused. */
export type Guess<R> = readonly Change<R>[] | Code;

/** Words that an edit brings, and the name of what they are the words of. */
export interface Writing {
  readonly id: string;
  readonly text: string;
}

/** What the server confirmed, with guesses laid over it. */
export interface DocumentValue<R> {
  /** Everything known is replaced: what a snapshot says. */
  reset(records: Iterable<R>): void;
  /** What the server says happened. */
  advance(changes: readonly Change<R>[]): void;
  /** A guess, over all that is known. */
  lay(changes: readonly Change<R>[]): void;
  /** All guesses away. */
  lift(): void;
  /** The record of this name as the server has it, without guesses. */
  confirmed(record: R): R | undefined;
}

/** What must be known of the edits of a kind of document. */
export interface EditKind<E> {
  /** The edit that takes back another. */
  readonly undo: (edit: string) => E;
  /** The id that an undo names. */
  readonly undoes: (edit: E) => string | undefined;
  /** Can it be taken back at all? */
  readonly isUndoable: (edit: E) => boolean;
  /** What is too big for one frame or one batch, as several that fit. */
  readonly pieces: (edit: E) => readonly E[];
  /** What an edit is about, by id. */
  readonly touches: (edit: E) => readonly string[];
  /** What an edit makes, by id. */
  readonly makes: (edit: E) => readonly string[];
  /** The words that an edit brings. */
  readonly writings: (edit: E) => readonly Writing[];
  /** Of these, the names of those that stood before: such words take the place of earlier ones. */
  readonly rewrites: (edit: E) => readonly string[];
  /** The edit with other words under this name. */
  readonly rewritten: (edit: E, words: Writing) => E;
}

/** One kind of document: V is its value, E its edits, R its records. */
export interface DocumentKind<V extends DocumentValue<R>, E extends Asked, R> extends EditKind<E> {
  /** A frame about such a document; raises for what is none. */
  readonly decode: (text: string) => Down<R>;
  readonly load: (records: Iterable<R>) => V;
  readonly predict: (value: V, edit: E, by: By<R>) => Guess<R>;
  /** The edit that brings unsent words after all, over what stands now. */
  readonly again: (value: V, edit: E, bytes: Bytes) => E;
}
