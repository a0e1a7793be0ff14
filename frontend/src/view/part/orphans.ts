// Words from before a restore or a long absence: offered to their author, who sends them again or not.
import { t } from '../../i18n';
import type { Aloud } from './aloud.svelte';

interface Unsent<E> {
  readonly edit: E;
  readonly edit_id: string;
}
interface Keeps {
  resume(editId: string): void;
  discard(editId: string): void;
}
const SHOWN = 60; // characters

/** `words`: what an edit would write; one without words is let go. */
export function offerAgain<E>(
  replica: Keeps,
  ui: Aloud,
  edits: readonly Unsent<E>[],
  words: (edit: E) => string,
): void {
  for (const { edit, edit_id } of edits) {
    const text = words(edit);
    if (!text) {
      replica.discard(edit_id);
      continue;
    }
    ui.toast({
      text: t('note.orphan', { text: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text }),
      tone: 'warn',
      stays: true,
      action: { label: t('note.orphan.resume'), run: () => replica.resume(edit_id) },
    });
  }
}
