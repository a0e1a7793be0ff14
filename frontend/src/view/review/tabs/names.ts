// How the reading screens name what they show: objects, notes, stages, places on the wall.
import { t } from '../../../i18n';
import type { Note, Source, Spec } from '../../../wire/types.gen';
import { isCrmObject, objectIcon } from '../../kinds';
import { typeset } from '../../note/typeset';
import type { TabBoard, TabDraft, TabLine } from './props';

/** Is it there, or was it set aside? */
export const stands = (line: TabLine): boolean => line.standing !== 'rejected' && line.standing !== 'merged';

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The words of a delay, of a threshold. */
export function words(value: unknown): string {
  return typeof value === 'object' && value !== null && 'words' in value ? text(value.words) : '';
}

/** Somebody's own words, between the quotation marks of the language. */
export const quoted = (said: string): string => t('review.tab.quoted', { words: typeset(said) });

/** « Opportunité » of `opportunity`: as people named it in the draft, else as everybody does. */
export function objectName(draft: TabDraft, key: string): string {
  if (!key) return '';
  for (const id of draft.lines('objects')) {
    const line = draft.line(id);
    if (line?.values['key'] === key) return line.label;
  }
  return isCrmObject(key) ? t(`kind.object.${key}`) : key;
}

export const iconOf = (object: string): string => objectIcon(object) ?? 'doc';

/** « S066 », or « n° 12 ». */
export function noteRef(source: Source, board: TabBoard): string {
  const note = source.note ? board.note(source.note) : undefined;
  const ref = source.ref || note?.ref;
  const number = source.number ?? note?.number;
  return ref || (number ? t('review.tab.note_number', { number }) : '');
}

/** Where a source lies on the wall, as an address; its own board may be another than this page's. */
export function wallAddress(source: Source): string {
  const board = `/b/${encodeURIComponent(source.board)}`;
  return source.note ? `${board}#note=${encodeURIComponent(source.note)}` : board;
}

export const stageName = (board: TabBoard, id: string | null | undefined): string =>
  board.stages.find((stage) => stage.id === id)?.name ?? '';
export const channelName = (board: TabBoard, id: string | null | undefined): string =>
  board.channels.find((channel) => channel.id === id)?.name ?? '';

/** « Considération, Téléphone »; « À placer » for a note that is nowhere. */
export function placeOf(note: Note, board: TabBoard): string {
  const place = [stageName(board, note.stage), channelName(board, note.channel)].filter(Boolean).join(', ');
  return place || t('board.parking');
}

/** Every line of a specification by its id, steps included: label and printed code. */
export function linesOf(spec: Spec): Map<string, { label: string; code: string }> {
  const found = new Map<string, { label: string; code: string }>();
  const sections = [
    spec.objects, spec.pipelines, spec.statuses, spec.fields, spec.transitions, spec.workflows, spec.views, spec.kpis,
    spec.sla, spec.scoring, spec.roles, spec.integrations, spec.content, spec.personal_data, spec.scenarios, spec.actions,
  ]; // prettier-ignore
  const take = (one: { id: string; label: string; code?: string }) =>
    found.set(one.id, { label: one.label, code: one.code ?? '' });
  for (const lines of sections) for (const one of lines ?? []) take(one);
  for (const pipeline of spec.pipelines ?? []) for (const step of pipeline.stages ?? []) take(step);
  for (const aside of spec.rejected ?? []) take(aside);
  return found;
}
