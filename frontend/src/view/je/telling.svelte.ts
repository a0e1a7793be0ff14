// One box in which a touchpoint is written: what is said of its words as they stand, and what may be done about it.
import { untrack } from 'svelte';
import type { Question, Told } from '../../model/phrasing';
import type { Replica } from '../../model/replica.svelte';
import type { Je } from './je.svelte';

export type Sign = Told['verdict'] | 'waits';

export class Telling {
  readonly #je: Je;
  readonly #replica: Replica;
  readonly #question: Question;
  #text = $state('');
  #told: Told | null = $state.raw(null);
  /** What was said last, of words that moved on since: shown until the answer comes, so that nothing jumps. */
  #before: { readonly told: Told; readonly suggestion: string | null } | null = $state.raw(null);

  constructor(je: Je, replica: Replica) {
    this.#je = je;
    this.#replica = replica;
    this.#question = replica.phrases.question((told) => this.#hear(told));
  }

  /** A whole text that may stand instead of the words, as they are at this moment. */
  get suggestion(): string | null {
    return this.#told && this.#je.proposed(this.#text, this.#told);
  }
  /** The proposal as shown: still the last one while the next is awaited. */
  get ghost(): string | null {
    return this.#told ? this.suggestion : this.#here() ? (this.#before?.suggestion ?? null) : null;
  }
  get sign(): Sign | null {
    if (this.#told) return this.#told.verdict;
    if (!this.#here()) return this.#text.trim() === '' ? null : 'waits';
    return this.#before?.told.verdict ?? null;
  }
  get reason(): string | null {
    return this.#told?.reason ?? null;
  }

  /** The words of the box. `on`: are they a touchpoint's, and at rest (no accent being composed)? */
  write(text: string, on: boolean): void {
    const [speaks, lang] = [this.#je.speaks, this.#je.lang];
    untrack(() => {
      if (on && speaks && text.trim() !== '') {
        this.#text = text;
        this.#question.write(text, lang);
      } else {
        this.#text = '';
        this.#question.rest();
        this.#before = null;
      }
    });
  }

  /** Refused for good, for these words. */
  dismiss(): void {
    if (this.#told) this.#je.dismiss(this.#text, this.#told.reason);
  }
  close(): void {
    this.#question.close();
  }

  #hear(told: Told | null): void {
    if (this.#told) this.#before = { told: this.#told, suggestion: this.suggestion };
    this.#told = told;
  }
  #here(): boolean {
    return this.#replica.state === 'saved' || this.#replica.state === 'saving';
  }
}
