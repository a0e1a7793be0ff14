// Words that were typed and never confirmed, and that may no longer be sent by themselves: « à reprendre ».
import type { BoardEdit } from '../wire/types.gen';
import type { Entry, Outbox } from './outbox';

/** An edit that only its author may send again. */
export interface Orphan {
  readonly edit_id: string;
  readonly edit: BoardEdit;
  readonly at: number;
}

/** Those that wait for a decision. They stay in the outbox until it is taken, whatever happens to the page. */
export class Orphans {
  readonly #outbox: Outbox;
  all: readonly Orphan[] = [];

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** Keeps what has words and forgets the rest. Returns what is new to be asked about. */
  keep(entries: readonly Entry[], epoch: number): readonly Orphan[] {
    const { orphans, absorbed } = toOrphans(entries);
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
}

/** One orphan a note, with its last words; edits without words are not worth a question. `absorbed`: ids that say nothing more. */
function toOrphans(entries: readonly Entry[]): {
  orphans: readonly Orphan[];
  absorbed: readonly string[];
} {
  const orphans = new Map<string, Orphan>();
  const writtenBy = new Map<string, string>(); // note -> edit
  for (const { edit_id, edit, at } of entries) {
    if (edit.type === 'add_notes') {
      orphans.set(edit_id, { edit_id, edit, at });
      for (const note of edit.notes) writtenBy.set(note.id, edit_id);
    } else if (edit.type === 'set_note_text') {
      const earlier = orphans.get(writtenBy.get(edit.note) ?? '');
      if (earlier) orphans.set(earlier.edit_id, rewritten(earlier, edit.note, edit.text));
      else {
        orphans.set(edit_id, { edit_id, edit, at });
        writtenBy.set(edit.note, edit_id);
      }
    }
  }
  for (const [id, orphan] of orphans) if (words(orphan.edit).length === 0) orphans.delete(id);
  const absorbed = entries.map((entry) => entry.edit_id).filter((id) => !orphans.has(id));
  return { orphans: [...orphans.values()], absorbed };
}

/** The words that an edit carries. */
function words(edit: BoardEdit): readonly string[] {
  const texts =
    edit.type === 'set_note_text'
      ? [edit.text]
      : edit.type === 'add_notes'
        ? edit.notes.map((note) => note.text ?? '')
        : [];
  return texts.filter((text) => text.trim() !== '');
}

function rewritten(orphan: Orphan, note: string, text: string): Orphan {
  const { edit } = orphan;
  if (edit.type === 'set_note_text') return { ...orphan, edit: { ...edit, text } };
  if (edit.type !== 'add_notes') return orphan;
  const notes = edit.notes.map((added) => (added.id === note ? { ...added, text } : added));
  return { ...orphan, edit: { ...edit, notes } };
}
