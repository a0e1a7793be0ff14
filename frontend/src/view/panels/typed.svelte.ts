// One field of a sheet while somebody types in it: saved at a pause, never taken away by what others write meanwhile.
import type { Clock } from '../../wire/socket';
import { PAUSE } from '../../model/typing';
import { length } from '../../model/records';

export interface Rules {
  readonly max: number;
  /** An empty text is not saved, and the old one comes back. */
  readonly needed: boolean;
}

export class Typed {
  local: string = $state('');
  /** What the words here were typed on: the last saved, or the last that was taken over. */
  #base: string;
  #remote: string;
  #cancel: (() => void) | null = null;

  constructor(
    value: string,
    private readonly rules: Rules,
    private readonly clock: Clock,
    /** `base`: the text that `text` replaces. */
    private readonly save: (text: string, base: string) => void,
  ) {
    this.local = this.#base = this.#remote = value;
  }

  get dirty(): boolean {
    return this.local.trim() !== this.#base.trim();
  }
  get tooLong(): boolean {
    return length(this.local.trim()) > this.rules.max;
  }
  get missing(): boolean {
    return this.rules.needed && this.local.trim() === '';
  }

  type(text: string): void {
    this.local = text;
    this.#cancel?.();
    this.#cancel = this.dirty ? this.clock.after(PAUSE, () => this.commit()) : null;
    if (!this.dirty) this.heard(this.#remote);
  }

  /** The board says this now. Words typed and not saved yet stay; so does the space after a word. */
  heard(value: string): void {
    this.#remote = value;
    if (this.dirty || value.trim() === this.local.trim()) return;
    this.local = this.#base = value;
  }

  commit(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (!this.dirty || this.tooLong || this.missing) return;
    const [text, base] = [this.local.trim(), this.#base];
    this.#base = text;
    this.#remote = text;
    this.save(text, base);
  }

  /** The field is left. Too long a text stays, to be shortened; a needed one that is empty comes back. */
  leave(): void {
    this.commit();
    if (this.missing) this.local = this.#base = this.#remote;
    else if (!this.dirty) this.local = this.#remote;
  }
}
