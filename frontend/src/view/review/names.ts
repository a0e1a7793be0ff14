// How the review names what lines point at: objects, notes, stages, other lines; and what it suggests while one types.
import { t } from '../../i18n';
import type { BoardBeside } from '../../model/draft/board.svelte';
import type { DraftReplica } from '../../model/draft/replica.svelte';
import type { BoardInfo, Source } from '../../wire/types.gen';
import { isCrmObject } from '../kinds';
import { useReview } from './context';
import type { Names } from './said';

/** Names for `said`, read from the draft and from the wall beside it. Call it while a component is made. */
export function useNames(): Names {
  const { replica, board } = useReview();
  return namesOf(replica, board);
}

export const namesOf = (replica: DraftReplica, board: BoardBeside): Names => ({
  object: (key) => objectName(replica, key),
  source: (source) => sourceName(board, source),
  item: (id) => replica.byItem(id)?.label ?? id,
});

export interface ObjectChoice {
  readonly key: string;
  readonly label: string;
}

/** The objects of the specification that stand, in order. */
export function objectsOf(replica: DraftReplica): ObjectChoice[] {
  return replica.lines('objects').flatMap((id) => {
    const line = replica.line(id);
    const key = line?.values['key'];
    return line &&
      typeof key === 'string' &&
      key &&
      line.standing !== 'rejected' &&
      line.standing !== 'merged'
      ? [{ key, label: line.label }]
      : [];
  });
}

export function objectName(replica: DraftReplica, key: string): string {
  if (!key) return '';
  for (const id of replica.lines('objects')) {
    const line = replica.line(id);
    if (line?.values['key'] === key) return line.label;
  }
  return isCrmObject(key) ? t(`kind.object.${key}`) : key;
}

/** « Lead » of « Lead (prospect) »: where there is little room. */
export const brief = (label: string): string => label.replace(/ \([^)]*\)$/, '');

export function sourceName(board: BoardBeside, source: Source): string {
  if (source.note) return board.note(source.note)?.text ?? t('note.number', { number: source.number ?? '?' });
  return placeName(board, source);
}

/** « Évaluation, Coulisses » */
export function placeName(
  board: BoardBeside,
  at: { stage?: string | null; channel?: string | null },
): string {
  const stage = board.stages.find((one) => one.id === at.stage)?.name;
  const channel = board.channels.find((one) => one.id === at.channel)?.name;
  return [stage, channel].filter(Boolean).join(', ') || t('board.parking');
}

/** Teams, jobs and people that somebody may mean: the board's, the roles', and those already named. */
export function peopleOf(replica: DraftReplica, info: BoardInfo | undefined, section?: string): string[] {
  const said = new Set<string>(info?.teams ?? []);
  for (const id of replica.lines('roles')) {
    const label = replica.line(id)?.label;
    if (label) said.add(label);
  }
  for (const line of replica.all()) {
    if (section && line.record.section !== section) continue;
    for (const name of ['owner', 'team', 'owner_team', 'responsible', 'audience']) {
      const value = line.values[name];
      if (typeof value === 'string' && value) said.add(value);
    }
  }
  return [...said].sort((a, b) => a.localeCompare(b));
}
