// Which two states are compared, as the address says it: `#tab=compare&before=1&after=draft`. Pure, but for `showPair`.
import type { Side } from './api';

export interface Pair {
  readonly before: number;
  readonly after: Side;
}

export const addressOf = ({ before, after }: Pair): string => `#tab=compare&before=${before}&after=${after}`;

/** What the address asks for, or null. */
export function pairIn(hash: string): Pair | null {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const before = sideIn(said.get('before'));
  const after = sideIn(said.get('after'));
  return typeof before === 'number' && after !== null ? { before, after } : null;
}

/** The two that one wants to see unless one says otherwise: the last version and what came of it. */
export function usualPair(numbers: readonly number[], frozen: boolean): Pair | null {
  const newest = [...numbers].sort((one, other) => other - one);
  const [last, previous] = newest;
  if (last === undefined) return null;
  if (!frozen) return { before: last, after: 'draft' };
  return previous === undefined ? null : { before: previous, after: last };
}

function sideIn(word: string | null): Side | null {
  if (word === 'draft') return word;
  const number = Number(word);
  return word && Number.isInteger(number) && number > 0 ? number : null;
}
