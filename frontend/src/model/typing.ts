// One note being written: the words in the box, when they are committed, and what happens when others write there too.
// Local words are never taken away: only the server merges, and its text is taken over once everything typed is committed.
import type { Clock } from '../wire/socket';
import type { BoardEdit } from '../wire/types.gen';
import { mapOffset } from './caret';
import { LIMITS } from './limits';
import { length } from './records';

export const PAUSE = 400; // milliseconds without a key before what was typed is committed
export const AT_MOST = 2_000; // and this long when no pause comes
const BURST = 2_000; // a longer rest begins a new unit of undo

/** What a draft needs of the replica. */
export interface Desk {
  edit(edit: BoardEdit, burst?: string): string;
  newId(): string;
  note(id: string): { readonly text: string; readonly removedAt: number | null } | undefined;
  watchText(note: string, told: (text: string | undefined) => void): () => void;
  beforeLeaving(run: () => void): () => void;
}

/** What the box is to show: text, and selection in UTF-16 units. */
export interface Shown {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export class Draft {
  readonly note: string;
  readonly #desk: Desk;
  readonly #clock: Clock;
  readonly #show: (shown: Shown) => void;
  readonly #release: (() => void)[];
  #add: ((text: string) => BoardEdit) | undefined;
  #local: string;
  /** What the local words were typed on: my last commit, or the last text of the server that was taken over. */
  #base: string;
  #start = 0;
  #end = 0;
  #composing = false;
  #burst = '';
  #typedAt = -Infinity;
  #cancelPause: (() => void) | null = null;
  #cancelAtMost: (() => void) | null = null;

  /**
   * `show` is called when somebody else's words come in; the box then takes that text and selection.
   * `add` makes the note out of the first words, for one that does not exist yet.
   */
  constructor(
    desk: Desk,
    note: string,
    clock: Clock,
    show: (shown: Shown) => void,
    add?: (text: string) => BoardEdit,
  ) {
    this.#desk = desk;
    this.note = note;
    this.#clock = clock;
    this.#show = show;
    this.#add = desk.note(note) ? undefined : add;
    this.#local = this.#base = desk.note(note)?.text ?? '';
    this.#start = this.#end = this.#local.length;
    this.#release = [desk.watchText(note, () => this.#settle()), desk.beforeLeaving(() => this.commit())];
  }

  get text(): string {
    return this.#local;
  }
  /** Are there words that were not committed yet? */
  get dirty(): boolean {
    return this.#local !== this.#base;
  }
  /** By how many characters the text is too long; it is not committed until this is 0. */
  get over(): number {
    const limit = length(this.#base) <= LIMITS.TEXT_TYPED ? LIMITS.TEXT_TYPED : LIMITS.TEXT_STORED * 2;
    return Math.max(0, length(this.#local) - limit);
  }

  /** The box changed. */
  input(text: string, start: number, end: number): void {
    const now = this.#clock.now();
    if (now - this.#typedAt > BURST) this.#burst = this.#desk.newId();
    this.#typedAt = now;
    this.#local = text;
    this.select(start, end);
    this.#plan();
    this.#settle();
  }

  /** The caret moved. */
  select(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
  }

  /** An accent, a kana, a suggestion is being composed: the box is not touched meanwhile. */
  composing(on: boolean): void {
    this.#composing = on;
    this.#plan();
    this.#settle();
  }

  /** Now: on blur, before an undo, when the page goes. Too long a text stays in the box. */
  commit(): void {
    this.#unplan();
    if (!this.dirty || this.over > 0) return;
    const [text, base] = [this.#local, this.#base];
    if (this.#add && text.trim() === '') return;
    const edit: BoardEdit = this.#add?.(text) ?? { type: 'set_note_text', note: this.note, text, base };
    this.#add = undefined;
    this.#base = text;
    this.#desk.edit(edit, this.#burst);
  }

  /** What is typed from here on is undone apart from what was typed before. */
  apart(): void {
    this.commit();
    this.#typedAt = -Infinity;
  }

  /** The box is closed. Returns words that could not be committed because they are too long, else null. */
  close(): string | null {
    this.#composing = false;
    this.commit();
    for (const release of this.#release) release();
    return this.dirty ? this.#local : null;
  }

  #plan(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    if (!this.dirty) {
      this.#unplan();
      return;
    }
    if (this.#composing) return;
    this.#cancelPause = this.#clock.after(PAUSE, () => this.commit());
    this.#cancelAtMost ??= this.#clock.after(AT_MOST, () => {
      this.#cancelAtMost = null;
      if (!this.#composing) this.commit();
    });
  }

  #unplan(): void {
    this.#cancelPause?.();
    this.#cancelAtMost?.();
    this.#cancelPause = this.#cancelAtMost = null;
  }

  /** Takes over what the note now says, unless words typed here would go. */
  #settle(): void {
    if (this.dirty || this.#composing) return;
    const note = this.#desk.note(this.note);
    if (note === undefined || note.removedAt !== null || note.text === this.#local) return;
    const before = this.#local;
    this.#local = this.#base = note.text;
    this.#start = mapOffset(before, note.text, this.#start);
    this.#end = mapOffset(before, note.text, this.#end);
    this.#show({ text: note.text, start: this.#start, end: this.#end });
  }
}
