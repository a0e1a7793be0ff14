// What a filter keeps. Pure: the notes that do not match stay where they are, dimmed.
import type { Kind } from '../wire/types.gen';

export type Lack = 'pain_without_action' | 'action_without_owner';

export interface Filter {
  text: string;
  kinds: readonly (Kind | 'none')[];
  teams: readonly string[];
  authors: readonly string[];
  lack: Lack | null;
}

export const NO_FILTER: Filter = { text: '', kinds: [], teams: [], authors: [], lack: null };

export interface Filtered {
  readonly text: string;
  readonly kind: Kind | null;
  readonly team: string;
  readonly author: string;
  readonly owner: string;
  readonly number: number;
}

export function isActive(filter: Filter): boolean {
  return (
    filter.text.trim() !== '' ||
    filter.kinds.length > 0 ||
    filter.teams.length > 0 ||
    filter.authors.length > 0 ||
    filter.lack !== null
  );
}

/** Without accents or case: « Démo » is found by « demo ». */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** `answered`: does an action resolve this note? Asked only where it matters. `authorTeam`: the team of who wrote it. */
export function matches(
  filter: Filter,
  note: Filtered,
  answered: () => boolean,
  authorTeam: () => string,
): boolean {
  if (filter.kinds.length > 0 && !filter.kinds.includes(note.kind ?? 'none')) return false;
  if (filter.authors.length > 0 && !filter.authors.includes(note.author)) return false;
  if (filter.teams.length > 0 && !filter.teams.includes(note.team || authorTeam())) return false;
  if (filter.lack === 'action_without_owner' && !(note.kind === 'action' && note.owner.trim() === ''))
    return false;
  if (filter.lack === 'pain_without_action') {
    if (note.kind !== 'irritant' && note.kind !== 'breakpoint') return false;
    if (answered()) return false;
  }
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = `${fold(note.text)} n°${note.number} ${note.number} ${fold(note.owner)}`;
  return words.every((word) => haystack.includes(word));
}
