// Words that were typed and never confirmed, and that may no longer be sent by themselves: « à reprendre ».
import type { EditKind } from './document';
import type { Entry, Outbox } from './outbox';

/** An edit that only its author may send again. */
export interface Orphan<E> {
  readonly edit_id: string;
  readonly edit: E;
  readonly at: number;
}

/** Those that wait for a decision. They stay in the outbox until it is taken, whatever happens to the page. */
export class Orphans<E> {
  readonly #kind: EditKind<E>;
  readonly #outbox: Outbox<E>;
  all: readonly Orphan<E>[] = [];

  constructor(kind: EditKind<E>, outbox: Outbox<E>) {
    this.#kind = kind;
    this.#outbox = outbox;
  }

  /** Keeps what has words and forgets the rest. Returns what is new to be asked about. */
  keep(entries: readonly Entry<E>[], epoch: number): readonly Orphan<E>[] {
    const { orphans, absorbed } = this.#toOrphans(entries);
    this.#outbox.remove(absorbed);
    for (const [order, { edit_id, edit, at }] of orphans.entries()) {
      void this.#outbox.put({ edit_id, edit, at, epoch, order, orphan: true });
    }
    this.all = [...this.all, ...orphans];
    return orphans;
  }

  /** Decided: it waits no more. */
  drop(editId: string): void {
    this.all = this.all.filter((each) => each.edit_id !== editId);
    this.#outbox.remove([editId]);
  }

  /** One orphan for what was written, with its last words; edits without words are not worth a question. `absorbed`: ids that say nothing more. */
  #toOrphans(entries: readonly Entry<E>[]): {
    orphans: readonly Orphan<E>[];
    absorbed: readonly string[];
  } {
    const orphans = new Map<string, Orphan<E>>();
    const writtenBy = new Map<string, string>(); // name of what is written -> edit
    for (const { edit_id, edit, at } of entries) {
      const own = [];
      for (const words of this.#kind.writings(edit)) {
        const earlier =
          this.#kind.rewrites(edit).includes(words.id) && orphans.get(writtenBy.get(words.id) ?? '');
        if (earlier) {
          orphans.set(earlier.edit_id, { ...earlier, edit: this.#kind.rewritten(earlier.edit, words) });
        } else own.push(words);
      }
      if (own.length === 0) continue;
      orphans.set(edit_id, { edit_id, edit, at });
      for (const { id } of own) writtenBy.set(id, edit_id);
    }
    for (const [id, { edit }] of orphans) {
      if (this.#kind.writings(edit).every(({ text }) => text.trim() === '')) orphans.delete(id);
    }
    const absorbed = entries.map((entry) => entry.edit_id).filter((id) => !orphans.has(id));
    return { orphans: [...orphans.values()], absorbed };
  }
}
