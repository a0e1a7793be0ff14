// The specification as it stands on the server: matrix, coverage and findings of the draft. Read again when the draft moves,
// never asked twice for the same thing, and the last good one is kept whatever happens.
import { untrack } from 'svelte';
import type { Spec } from '../../../wire/types.gen';

export const SETTLE = 1000; // milliseconds between an edit and the reading that shows it

export interface Doors {
  fetch(path: string, init: { headers: Record<string, string> }): Promise<Answer>;
  /** Returns what calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}

const browser: Doors = {
  fetch: (path, init) => fetch(path, init),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export class SpecReader {
  /** Undefined until the first one has come. */
  spec: Spec | undefined = $state.raw();
  /** `failed` says that the last reading failed: `spec` may still be there, as it was. */
  state: 'loading' | 'ready' | 'failed' = $state('loading');

  #tag = '';
  #wanted = -1;
  #read = -1;
  #busy = false;
  #cancel: (() => void) | undefined;

  /** `board` is the name of the board in addresses. */
  constructor(
    readonly board: string,
    private readonly doors: Doors = browser,
  ) {}

  /**
   * The draft is at this revision: the first reading is made at once, the next ones when edits have settled.
   * Asking twice costs nothing.
   */
  want(seq: number): void {
    if (seq <= this.#wanted) return;
    const first = this.#wanted < 0;
    this.#wanted = seq;
    if (first) untrack(() => void this.#go());
    else this.#later();
  }

  /** « Réessayer » */
  again(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    void this.#go();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#wanted = Infinity;
  }

  #later(): void {
    this.#cancel ??= this.doors.after(SETTLE, () => {
      this.#cancel = undefined;
      void this.#go();
    });
  }

  async #go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const seq = this.#wanted;
    if (!this.spec) this.state = 'loading';
    try {
      await this.#take();
      this.#read = seq;
      this.state = 'ready';
    } catch {
      this.state = 'failed';
    } finally {
      this.#busy = false;
    }
    if (this.state === 'ready' && this.#wanted > this.#read && this.#wanted < Infinity) this.#later();
  }

  async #take(): Promise<void> {
    const path = `/api/boards/${encodeURIComponent(this.board)}/specification`;
    const answer = await this.doors.fetch(path, { headers: this.#tag ? { 'If-None-Match': this.#tag } : {} });
    if (answer.status === 304) return;
    if (!answer.ok) throw new Error(String(answer.status));
    this.spec = (await answer.json()) as Spec;
    this.#tag = answer.headers.get('ETag') ?? '';
  }
}

/** Keeps the reader at the draft's revision, which moves with every painting. Call it while a component is made. */
export function follow(reader: SpecReader, draft: { readonly seq: number; readonly painted: number }): void {
  $effect(() => {
    void draft.painted; // `seq` alone wakes nobody
    reader.want(draft.seq);
  });
}
