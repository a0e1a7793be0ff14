// What a key means on the board. Pure: the same table answers the wall and the list behind « ? ».
import type { Kind } from '../../wire/types.gen';
import { KINDS } from '../kinds';
import type { Step } from './focus';

export type Command =
  | { readonly is: 'go'; readonly to: Step }
  | { readonly is: 'kind'; readonly kind: Kind | null }
  | { readonly is: 'emotion'; readonly step: 1 | -1 }
  | { readonly is: 'zoom'; readonly by: 1 | -1 | 'fit' }
  | {
      readonly is:
        | 'open'
        | 'edit'
        | 'new'
        | 'truth'
        | 'link'
        | 'move'
        | 'duplicate'
        | 'pick'
        | 'remove'
        | 'menu'
        | 'undo'
        | 'redo'
        | 'find'
        | 'help'
        | 'escape';
    };

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

const STEPS: Record<string, Step> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'start',
  End: 'end',
};

const NAMED: Record<string, Command['is'] & ('open' | 'remove' | 'menu' | 'escape')> = {
  Enter: 'open',
  ' ': 'open',
  Delete: 'remove',
  Backspace: 'remove',
  ContextMenu: 'menu',
  Escape: 'escape',
};

const LETTERS = {
  e: 'edit',
  n: 'new',
  m: 'truth',
  l: 'link',
  x: 'move',
  d: 'duplicate',
  '/': 'find',
  '?': 'help',
} as const;

/** `letters`: may single letters act? Those with Ctrl, arrows, Enter, Delete and Escape always do. */
export function command(pressed: Pressed, letters: boolean): Command | null {
  const { key, ctrl, shift, alt } = pressed;
  if (alt) return null;
  if (ctrl) return withCtrl(key, shift);
  const step = STEPS[key];
  if (step) return { is: 'go', to: step };
  if (key === 'F10' && shift) return { is: 'menu' };
  const named = NAMED[key];
  if (named) return { is: named };
  return letters ? single(pressed) : null;
}

function withCtrl(key: string, shift: boolean): Command | null {
  switch (key.toLowerCase()) {
    case ' ':
      return { is: 'pick' };
    case 'f': // the browser's own search sees neither far notes nor what a strip cuts off; again from the field, it opens
      return { is: 'find' };
    case 'z':
      return { is: shift ? 'redo' : 'undo' };
    case 'y':
      return { is: 'redo' };
    case 'home':
      return { is: 'go', to: 'first' };
    case 'end':
      return { is: 'go', to: 'last' };
    case '0':
      return { is: 'zoom', by: 'fit' };
    case '+':
    case '=':
      return { is: 'zoom', by: 1 };
    case '-':
      return { is: 'zoom', by: -1 };
    default:
      return null;
  }
}

function single({ key, code, shift }: Pressed): Command | null {
  if (/^[0-7]$/.test(key)) return kindOf(Number(key));
  if (key === '+' || key === '=') return { is: 'emotion', step: 1 };
  if (key === '-' || key === '−') return { is: 'emotion', step: -1 };
  const named = LETTERS[key.toLowerCase() as keyof typeof LETTERS];
  if (named) return { is: named };
  // The row of digits gives « & é " ' ( » without Shift on a French keyboard.
  const digit = shift ? null : /^Digit([0-7])$/.exec(code);
  return digit ? kindOf(Number(digit[1])) : null;
}

function kindOf(digit: number): Command {
  return { is: 'kind', kind: KINDS[digit - 1] ?? null };
}
