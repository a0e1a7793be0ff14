// How a note is told to somebody who does not see it.
import { signed, t } from '../../i18n';
import type { NoteState } from '../../model/state.svelte';
import { kindKey } from '../kinds';

export interface Around {
  readonly stage: string;
  readonly channel: string;
  readonly links: number;
}

/** « Irritant, Considération, Téléphone : On me rappelle au bout de 5 jours…, 7 votes, 1 lien » */
export function noteName(note: NoteState, around: Around): string {
  const place = around.stage || around.channel ? [around.stage, around.channel] : [t('board.parking')];
  const head = [t(kindKey(note.kind)), ...place].filter(Boolean).join(', ');
  const marks: string[] = [];
  if (note.momentOfTruth) marks.push(t('note.truth'));
  if (note.emotion !== null) marks.push(t('note.emotion_is', { value: signed(note.emotion) }));
  if (note.owner) marks.push(t('note.owner_is', { name: note.owner }));
  else if (note.kind === 'action') marks.push(t('note.no_owner'));
  if (note.votes !== null) marks.push(t('note.votes', { n: note.votes }));
  if (around.links > 0) marks.push(t('note.links', { n: around.links }));
  if (note.pending) marks.push(t('note.waiting'));
  return [t('note.name', { head, text: note.text.trim() || t('note.no_text') }), ...marks].join(', ');
}
