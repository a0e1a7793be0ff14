// The keyboard map as it is shown. What each key does is in keys/keymap.ts; a test holds the two together.
import type { PlainKey } from '../../i18n';
import type { Pressed } from '../keys/keymap';

type Name = 'enter' | 'escape' | 'delete' | 'shift' | 'home' | 'end' | 'space' | 'to' | 'or';

/** One thing said of keys: a cap as printed on it, or a word of the catalogue. */
export type Cap = { readonly cap: string } | { readonly name: Name };

export interface Shortcut {
  readonly caps: readonly Cap[];
  readonly does: PlainKey;
  /** A press that means it, for the test; none where the editor hears it. */
  readonly press?: Partial<Pressed> & { readonly key: string };
  /** Switched off with the single letters. */
  readonly letter?: true;
}

export interface Group {
  readonly title: PlainKey;
  readonly shortcuts: readonly Shortcut[];
}

const cap = (...caps: string[]): Cap[] => caps.map((one) => ({ cap: one }));
const name = (one: Name): Cap => ({ name: one });
const CTRL: Cap = { cap: 'Ctrl' };

export const GROUPS: readonly Group[] = [
  {
    title: 'help.group.go',
    shortcuts: [
      { caps: cap('←', '↑', '↓', '→'), does: 'help.does.arrows', press: { key: 'ArrowUp' } },
      { caps: [name('home'), name('end')], does: 'help.does.ends', press: { key: 'Home' } },
      {
        caps: [CTRL, name('home'), name('end')],
        does: 'help.does.corners',
        press: { key: 'Home', ctrl: true },
      },
      {
        caps: [CTRL, ...cap('F'), name('or'), ...cap('/')],
        does: 'help.does.find',
        press: { key: 'f', ctrl: true },
      },
      { caps: cap('?'), does: 'help.does.help', press: { key: '?', shift: true }, letter: true },
      { caps: [name('escape')], does: 'help.does.escape', press: { key: 'Escape' } },
    ],
  },
  {
    title: 'help.group.write',
    shortcuts: [
      { caps: cap('N'), does: 'help.does.new', press: { key: 'n' }, letter: true },
      { caps: [name('enter')], does: 'help.does.open_cell', press: { key: 'Enter' } },
      { caps: cap('E'), does: 'help.does.edit', press: { key: 'e' }, letter: true },
      { caps: [name('enter')], does: 'help.does.next' },
      { caps: [name('shift'), name('enter')], does: 'help.does.newline' },
      { caps: [name('escape')], does: 'help.does.done' },
    ],
  },
  {
    title: 'help.group.note',
    shortcuts: [
      { caps: [name('enter')], does: 'help.does.open', press: { key: 'Enter' } },
      {
        caps: [...cap('1'), name('to'), ...cap('7')],
        does: 'help.does.kind',
        press: { key: '1' },
        letter: true,
      },
      { caps: cap('0'), does: 'help.does.no_kind', press: { key: '0' }, letter: true },
      { caps: cap('+', '−'), does: 'help.does.emotion', press: { key: '+' }, letter: true },
      { caps: cap('M'), does: 'help.does.truth', press: { key: 'm' }, letter: true },
      { caps: cap('L'), does: 'help.does.link', press: { key: 'l' }, letter: true },
      { caps: cap('X'), does: 'help.does.move', press: { key: 'x' }, letter: true },
      { caps: cap('D'), does: 'help.does.duplicate', press: { key: 'd' }, letter: true },
      { caps: [CTRL, name('space')], does: 'help.does.pick', press: { key: ' ', ctrl: true } },
      { caps: [name('shift'), ...cap('F10')], does: 'help.does.menu', press: { key: 'F10', shift: true } },
      { caps: [name('delete')], does: 'help.does.remove', press: { key: 'Delete' } },
    ],
  },
  {
    title: 'help.group.board',
    shortcuts: [
      { caps: [CTRL, ...cap('Z')], does: 'help.does.undo', press: { key: 'z', ctrl: true } },
      {
        caps: [CTRL, name('shift'), ...cap('Z')],
        does: 'help.does.redo',
        press: { key: 'Z', ctrl: true, shift: true },
      },
      { caps: [CTRL, ...cap('+', '−')], does: 'help.does.zoom', press: { key: '+', ctrl: true } },
      { caps: [CTRL, ...cap('0')], does: 'help.does.fit', press: { key: '0', ctrl: true } },
      { caps: [name('delete')], does: 'help.does.empty', press: { key: 'Delete' } },
    ],
  },
];
