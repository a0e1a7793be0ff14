// The one word at the right of a line. Fewer words than standings: what a reader has to do about it.
import type { PlainKey } from '../../i18n';
import type { LineState, Standing } from '../../model/draft/replica.svelte';

export const STATES = ['review', 'complete', 'conflict', 'accepted', 'aside'] as const;
export type State = (typeof STATES)[number];

const OF: Readonly<Record<Standing, State>> = {
  proposed: 'review',
  to_confirm: 'review',
  to_complete: 'complete',
  conflict: 'conflict',
  validated: 'accepted',
  rejected: 'aside',
  merged: 'aside',
};
export const stateOf = (standing: Standing): State => OF[standing];

/** Does somebody still have to decide? */
export const isOpen = (line: Pick<LineState, 'standing'>): boolean => {
  const state = stateOf(line.standing);
  return state !== 'accepted' && state !== 'aside';
};

export interface Shown {
  readonly word: PlainKey;
  readonly icon: string | null;
  readonly tone: 'ok' | 'mod' | 'rev' | 'warn' | 'off';
}

export function shown(line: Pick<LineState, 'standing' | 'edited' | 'record'>): Shown {
  switch (stateOf(line.standing)) {
    case 'accepted':
      if (line.record.by_hand) return { word: 'review.state.added', icon: 'plus', tone: 'mod' };
      return line.edited
        ? { word: 'review.state.edited', icon: 'edit', tone: 'mod' }
        : { word: 'review.state.accepted', icon: 'check', tone: 'ok' };
    case 'aside':
      return line.standing === 'merged'
        ? { word: 'review.state.merged', icon: 'merge', tone: 'off' }
        : { word: 'review.state.aside', icon: 'close', tone: 'off' };
    case 'conflict':
      return { word: 'review.state.conflict', icon: 'warning', tone: 'warn' };
    case 'complete':
      return { word: 'review.state.complete', icon: null, tone: 'rev' };
    case 'review':
      return { word: 'review.state.review', icon: line.edited ? 'edit' : null, tone: 'rev' };
  }
}
