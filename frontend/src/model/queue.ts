// My edits on their way: in order, a limited number in flight, sent again on every new connection until they are answered.
import type { BoardEdit } from '../wire/types.gen';
import type { Entry } from './outbox';
import type { Change } from './value';

const IN_FLIGHT = 32;

export interface Pending {
  readonly entry: Entry;
  /** Safe on this machine, so it may leave. */
  stored: boolean;
  /** The connection it was last sent on; 0 is none. */
  sentOn: number;
  /** Recorded as this revision, which has not been seen yet. */
  recordedAt: number | null;
  /** What it is guessed to do, with the past. */
  guess: readonly Change[];
  /** Texts of earlier edits of the same note that were refused: this one may hold their words, but does not add them. */
  carried: string[];
}

export class Queue {
  #items: Pending[] = [];
  #byId = new Map<string, Pending>();

  get size(): number {
    return this.#items.length;
  }
  get items(): readonly Pending[] {
    return this.#items;
  }
  get(id: string): Pending | undefined {
    return this.#byId.get(id);
  }

  add(entry: Entry, stored = false): Pending {
    const item: Pending = { entry, stored, sentOn: 0, recordedAt: null, guess: [], carried: [] };
    this.#items.push(item);
    this.#byId.set(entry.edit_id, item);
    return item;
  }

  drop(id: string): Pending | undefined {
    const item = this.#byId.get(id);
    if (!item) return undefined;
    this.#byId.delete(id);
    if (this.#items[0] === item) this.#items.shift();
    else this.#items = this.#items.filter((other) => other !== item);
    return item;
  }

  /** Everything out, in order. */
  empty(): Entry[] {
    const entries = this.#items.map((item) => item.entry);
    this.#items = [];
    this.#byId.clear();
    return entries;
  }

  /** Sends what may leave on this connection. An edit never overtakes an earlier one. */
  pump(connection: number, send: (entry: Entry) => boolean): void {
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

  /** Is the note of this edit made by an earlier edit that is still on its way? */
  dependsOnEarlier(id: string): boolean {
    const item = this.#byId.get(id);
    if (!item) return false;
    const touched = new Set(touches(item.entry.edit));
    for (const earlier of this.#items) {
      if (earlier === item) return false;
      if (makes(earlier.entry.edit).some((note) => touched.has(note))) return true;
    }
    return false;
  }

  /**
   * The words of a refused edit that nobody else brings. Those that a later edit of the note may bring too wait for its answer.
   */
  orphaned(refused: Pending): { noteId: string; texts: readonly string[] }[] {
    const alone: { noteId: string; texts: readonly string[] }[] = [];
    for (const { noteId, text } of writings(refused.entry.edit)) {
      const texts = [...refused.carried.filter((earlier) => !holds(text, earlier)), text];
      const next = this.#rewriting(refused, noteId);
      if (next) next.carried.push(...texts);
      else alone.push({ noteId, texts });
    }
    refused.carried = [];
    return alone;
  }

  #rewriting(item: Pending, note: string): Pending | undefined {
    const from = this.#items.indexOf(item);
    return this.#items.find(
      ({ entry: { edit } }, at) => at > from && edit.type === 'set_note_text' && edit.note === note,
    );
  }
}

/** What an edit writes, and where. */
function writings(edit: BoardEdit): { noteId: string; text: string }[] {
  if (edit.type === 'set_note_text') return [{ noteId: edit.note, text: edit.text }];
  return edit.type === 'add_notes'
    ? edit.notes.map(({ id, text }) => ({ noteId: id, text: text ?? '' }))
    : [];
}

/** Are all words of `part` in `whole`? */
function holds(whole: string, part: string): boolean {
  const words = new Set(whole.split(/\s+/));
  return part.split(/\s+/).every((word) => words.has(word));
}

/** The notes that an edit is about. */
export function touches(edit: BoardEdit): readonly string[] {
  switch (edit.type) {
    case 'add_notes':
      return edit.notes.map((note) => note.id);
    case 'set_note_text':
    case 'set_note':
      return [edit.note];
    case 'duplicate_note':
      return [edit.note, edit.copy];
    case 'move_notes':
    case 'remove_notes':
    case 'restore_notes':
      return edit.notes;
    case 'set_texts':
      return edit.notes.map((each) => each.note);
    case 'add_link':
      return [edit.source, edit.target];
    default:
      return [];
  }
}

function makes(edit: BoardEdit): readonly string[] {
  if (edit.type === 'add_notes') return edit.notes.map((note) => note.id);
  return edit.type === 'duplicate_note' ? [edit.copy] : [];
}
