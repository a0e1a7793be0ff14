// How a line stands: what the wall and the decisions give together, where the two disagree, what is left to decide. The twin of the
// server's spec/draft/standing.py; both are held to tests/vectors/draft.json.
import type { Line, Question } from '../../wire/types.gen';
import { same } from '../records';
import type { Json, Values } from './records';

export type Standing =
  'proposed' | 'to_confirm' | 'to_complete' | 'conflict' | 'validated' | 'rejected' | 'merged';

/** What stands, attribute by attribute. During a conflict the decision stands, never the newer proposal. */
export function effective(line: Line): Values {
  return { ...(line.verdict === 'accepted' ? line.base : line.proposal), ...line.set };
}

/** The attributes of which the wall says something else since they were decided, in alphabetical order. */
export function conflicts(line: Line): readonly string[] {
  if (line.verdict === 'rejected' || isMerged(line) || line.by_hand || line.gone) return [];
  const decided = new Set([...Object.keys(line.base ?? {}), ...Object.keys(line.set ?? {})]);
  if (line.verdict === 'accepted') for (const name of Object.keys(line.proposal ?? {})) decided.add(name);
  const now = effective(line);
  return [...decided].sort(byCodeUnit).filter((name) => {
    const said = line.proposal?.[name];
    return !saysSame(said, line.base?.[name]) && !saysSame(said, now[name]);
  });
}

/** Those that no decision answers: an agreement alone answers a question about what has a value. */
export function openQuestions(line: Line): readonly Question[] {
  const now = effective(line);
  return (line.questions ?? []).filter(
    ({ about }) =>
      known(line.set?.[about]) === null && (known(now[about]) === null || line.verdict !== 'accepted'),
  );
}

/** The attributes that the method proposes and nobody took a position on. */
export function unconfirmed(line: Line): readonly string[] {
  if (line.verdict === 'accepted') return [];
  return (line.to_confirm ?? []).filter((name) => !(name in (line.set ?? {})));
}

/** One word for the line. A line that the wall gives no more, and that somebody decided on, waits as a conflict does. */
export function standing(line: Line): Standing {
  if (isMerged(line)) return 'merged';
  if (line.verdict === 'rejected') return 'rejected';
  if (line.gone || conflicts(line).length > 0) return 'conflict';
  if (line.verdict === 'accepted') return 'validated';
  const asked = (line.questions ?? []).length > 0 || isEdited(line);
  if (line.state === 'to_complete' && (openQuestions(line).length > 0 || !asked)) return 'to_complete';
  return line.state === 'to_confirm' && !isEdited(line) ? 'to_confirm' : 'proposed';
}

/** Did anybody take a position on it? Such a line outlives its proposal. */
export function isDecided(line: Line): boolean {
  return Boolean(line.by_hand || isEdited(line) || line.verdict || line.into);
}

export function isEdited(line: Line): boolean {
  return Object.keys(line.set ?? {}).length > 0;
}

export function isMerged(line: Line): boolean {
  return (line.into ?? null) !== null;
}

/** null for all that says nothing. */
export function known(value: Json): Json {
  if (value === undefined || value === '' || value === false) return null;
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return null;
  return value === 0 ? null : value;
}

export function saysSame(one: Json, other: Json): boolean {
  return same(known(one), known(other));
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
