// « Je » on this screen: how insistent the board is, what was refused here, and how many touchpoints are told so.
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { Refused, type Lang, type Shelf, type Told } from '../../model/phrasing';
import type { Replica } from '../../model/replica.svelte';
import { reading } from '../panels/find';
import { askMany } from './batch';
import { Telling } from './telling.svelte';

const SOON = 1_000; // milliseconds of quiet before the touchpoints are counted again
const AT_MOST = 5_000; // and this long when a busy room gives none

/** A touchpoint that is not told with « je ». `better` is null where a person must rephrase. */
export interface Other {
  readonly id: string;
  readonly text: string;
  readonly better: string | null;
  readonly reason: string;
}

export interface Count {
  readonly all: number;
  readonly told: number;
  readonly others: readonly Other[];
  /** Touchpoints that nothing is known of yet. */
  readonly unknown: number;
}

export class Je {
  count: Count = $state.raw({ all: 0, told: 0, others: [], unknown: 0 });
  readonly #replica: Replica;
  readonly #refused: Refused;
  readonly #unsaid = new SvelteSet<string>();
  #refusals = $state(0);
  #asking = false;

  constructor(replica: Replica, shelf: Shelf | null) {
    this.#replica = replica;
    this.#refused = new Refused(shelf);
  }

  get lang(): Lang {
    return this.#replica.info.lang;
  }
  /** Is anything to be said on this screen? Not on a silent board, nor to who only reads. */
  get speaks(): boolean {
    return this.#replica.info.je !== 'silent' && this.#replica.may('add_note');
  }
  /** Does this note, at rest, bear the mark of an insistent board? */
  insists(id: string): boolean {
    return this.#replica.info.je === 'insistent' && this.#unsaid.has(id) && this.speaks;
  }

  telling(): Telling {
    return new Telling(this, this.#replica);
  }

  /** The proposal, unless it was refused for good on this device. */
  proposed(text: string, told: Told): string | null {
    void this.#refusals;
    if (told.suggestion === null || told.suggestion === text) return null;
    return this.#refused.has(text, this.lang) ? null : told.suggestion;
  }

  dismiss(text: string, reason: string): void {
    this.#refused.add(text, this.lang);
    this.#replica.phrases.dismissed(reason);
    this.#refusals += 1;
    this.recount();
  }

  /** Accepts these proposals at once; one undo takes them all back. */
  accept(others: readonly Other[]): number {
    const notes = others.flatMap(({ id, text, better }) =>
      better !== null && this.#replica.may('change_note', id) ? [{ note: id, text: better, base: text }] : [],
    );
    if (notes.length > 0) this.#replica.edit({ type: 'set_texts', notes });
    this.recount();
    return notes.length;
  }

  /** Counts again when the board has been quiet for a moment. Returns how to stop. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        void this.#replica.painted;
        void this.#replica.state;
        if (!this.speaks) return;
        if (timer === undefined) since = Date.now();
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            timer = undefined;
            this.recount();
          },
          Math.max(0, Math.min(SOON, since + AT_MOST - Date.now())),
        );
      });
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  recount(): void {
    untrack(() => {
      const unknown = this.#look();
      if (unknown.length > 0) void this.#learn(unknown);
    });
  }

  /** Returns the texts that nothing is known of. */
  #look(): string[] {
    const { stages, channels, parked, phrases } = this.#replica;
    const unknown: string[] = [];
    const others: Other[] = [];
    let [all, told] = [0, 0];
    for (const id of reading(stages, channels, (s, c) => this.#replica.cell(s, c), parked)) {
      const note = this.#replica.note(id);
      if (note?.kind !== 'touchpoint' || note.removedAt !== null || note.text.trim() === '') continue;
      all += 1;
      const known = phrases.known(note.text, this.lang);
      if (!known) {
        if (!note.writer) unknown.push(note.text); // words on their way say nothing yet
      } else if (known.verdict === 'yes') told += 1;
      else
        others.push({ id, text: note.text, better: this.proposed(note.text, known), reason: known.reason });
    }
    this.count = { all, told, others, unknown: unknown.length };
    this.#point(new Set(others.map((other) => other.id)));
    return unknown;
  }

  #point(now: ReadonlySet<string>): void {
    for (const id of [...this.#unsaid]) if (!now.has(id)) this.#unsaid.delete(id);
    for (const id of now) this.#unsaid.add(id);
  }

  async #learn(texts: readonly string[]): Promise<void> {
    const { phrases, state } = this.#replica;
    if (this.#asking || state === 'offline' || state === 'reconnecting' || state === 'stopped') return;
    this.#asking = true;
    const lang = this.lang;
    try {
      await askMany([...new Set(texts)], lang, (text, told) => phrases.learn(text, lang, told));
      this.#look();
    } catch {
      // Counted again when the board next changes, or the line comes back.
    } finally {
      this.#asking = false;
    }
  }
}
