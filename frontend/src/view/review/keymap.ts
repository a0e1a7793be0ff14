// What a key means in the review. Pure: the same table answers the page and the list behind « ? ».

export type Order =
  | 'down'
  | 'up'
  | 'accept'
  | 'edit'
  | 'reject'
  | 'merge'
  | 'comment'
  | 'next'
  | 'filter'
  | 'help'
  | 'undo'
  | 'redo'
  | 'raise'
  | 'lower'
  | 'escape';

export interface Pressed {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

const LETTERS: Readonly<Record<string, Order>> = {
  j: 'down',
  k: 'up',
  a: 'accept',
  e: 'edit',
  x: 'reject',
  m: 'merge',
  c: 'comment',
  n: 'next',
  '/': 'filter',
  '?': 'help',
};
const NAMED: Readonly<Record<string, Order>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  Delete: 'reject',
  Escape: 'escape',
};

/** `letters`: may single letters act? Those with Ctrl or Alt, arrows, Delete and Escape always do. */
export function order({ key, ctrl, shift, alt }: Pressed, letters: boolean): Order | null {
  if (ctrl && !alt) {
    if (key.toLowerCase() === 'z') return shift ? 'redo' : 'undo';
    return key.toLowerCase() === 'y' ? 'redo' : null;
  }
  if (alt) return ctrl ? null : key === 'ArrowUp' ? 'raise' : key === 'ArrowDown' ? 'lower' : null;
  const named = NAMED[key];
  if (named) return shift ? null : named;
  return letters ? (LETTERS[key.toLowerCase()] ?? null) : null;
}

/** For the list of keys: what is written on them, and the words that say what they do. */
export const SHOWN = [
  [['J', '↓'], 'review.key.down'],
  [['K', '↑'], 'review.key.up'],
  [['N'], 'review.key.next'],
  [['A'], 'review.key.accept'],
  [['E'], 'review.key.edit'],
  [['X'], 'review.key.reject'],
  [['M'], 'review.key.merge'],
  [['C'], 'review.key.comment'],
  [['Alt ↑', 'Alt ↓'], 'review.key.move'],
  [['/'], 'review.key.filter'],
  [['Ctrl Z'], 'review.key.undo'],
  [['Ctrl Shift Z'], 'review.key.redo'],
  [['?'], 'review.key.help'],
] as const;
