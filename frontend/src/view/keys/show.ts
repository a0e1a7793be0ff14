// Going to a note: in the middle of what is seen, under the focus; on a phone, its sheet.
import { tick } from 'svelte';
import { t } from '../../i18n';
import type { BoardContext } from '../context';
import { noteEl } from '../wall/dom';
import { reveal } from '../wall/reveal';

type Seen = Pick<BoardContext, 'replica' | 'ui'>;

/** Nothing happens for a note that is not there. */
export async function showNote({ replica, ui }: Seen, id: string): Promise<void> {
  const note = replica.note(id);
  if (!note) return;
  if (ui.phone) {
    ui.panel = null;
    ui.open(id);
    return;
  }
  if (!note.stage || !note.channel) ui.parking = true;
  ui.select(id);
  await tick();
  const el = noteEl(document, id);
  if (el) reveal(el, { block: 'center', inline: 'center' });
  el?.focus({ preventScroll: true });
}

/** The note that the address names (`#note=…`), for who comes from the specification; it is named once. */
export function arrive(seen: Seen): void {
  const id = new URLSearchParams(location.hash.replace(/^#/, '')).get('note');
  if (id === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  const note = seen.replica.note(id);
  if (note && note.removedAt === null) void showNote(seen, id);
  else seen.ui.toast({ text: t('note.not_here'), tone: 'warn' });
}
