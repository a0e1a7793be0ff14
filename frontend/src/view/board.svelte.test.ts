// The board drawn in a page that lays nothing out: what keys, clicks and words do. Looks and drags are the browser tests'.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../i18n';
import { World, note, type Browser } from '../model/testing/world';
import type { BoardRecord } from '../wire/types.gen';
import Board from './Board.svelte';

let world: World;
let me: Browser;

beforeEach(() => {
  setCatalogue('fr', JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Catalogue);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
  vi.stubGlobal('innerWidth', 1440);
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.animate ??= () => ({ cancel() {} }) as unknown as Animation;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(records: readonly BoardRecord[] = [], role = 'participant'): HTMLElement {
  world = new World(records);
  me = world.join('Anne', { role });
  world.settle();
  const { container } = render(Board, {
    props: { replica: me.replica, bootstrap: world.bootstrap(me.person), store: null },
  });
  flushSync();
  return container;
}
const settle = () => {
  world.settle();
  flushSync();
};
const cell = (container: HTMLElement, stage: string, channel: string): HTMLElement => {
  const found = container.querySelector<HTMLElement>(
    `.cell[data-stage="${stage}"][data-channel="${channel}"]`,
  );
  if (!found) throw new Error('no such cell');
  return found;
};
const texts = (stage: string, channel: string): string[] =>
  me.replica.cell(stage, channel).map((id) => me.replica.note(id)?.text ?? '');
const box = (container: HTMLElement): HTMLTextAreaElement => {
  const found = container.querySelector<HTMLTextAreaElement>('textarea[data-editor]');
  if (!found) throw new Error('nobody is writing');
  return found;
};
async function type(container: HTMLElement, words: string): Promise<void> {
  await fireEvent.input(box(container), { target: { value: words } });
}

describe('writing', () => {
  test('Enter in a cell begins a note, Enter ends it and begins the next, Escape stops', async () => {
    const container = open();
    const here = cell(container, 'A', 'X');
    here.focus();
    await fireEvent.keyDown(here, { key: 'Enter' });
    for (const words of ['Je cherche', 'Je compare', 'Je choisis']) {
      await type(container, words);
      await fireEvent.keyDown(box(container), { key: 'Enter' });
    }
    await fireEvent.keyDown(box(container), { key: 'Escape' });
    settle();
    expect(texts('A', 'X')).toEqual(['Je cherche', 'Je compare', 'Je choisis']);
    expect(container.querySelector('textarea')).toBeNull();
  });

  test('a note left without words is no note', async () => {
    const container = open();
    await fireEvent.click(cell(container, 'A', 'X'));
    await fireEvent.keyDown(box(container), { key: 'Escape' });
    settle();
    expect(me.replica.notes()).toHaveLength(0);
  });

  test('Shift and Enter is a line break, and composing an accent ends nothing', async () => {
    const container = open();
    await fireEvent.click(cell(container, 'A', 'X'));
    await type(container, 'une ligne');
    await fireEvent.keyDown(box(container), { key: 'Enter', shiftKey: true });
    await fireEvent.keyDown(box(container), { key: 'Enter', isComposing: true });
    expect(box(container).value).toBe('une ligne');
  });

  test('too long a text is not cut and does not leave the box', async () => {
    const container = open();
    await fireEvent.click(cell(container, 'A', 'X'));
    const long = 'é'.repeat(2_001);
    await type(container, long);
    await fireEvent.keyDown(box(container), { key: 'Enter' });
    expect(box(container).value).toBe(long);
    expect(container.textContent).toContain('1 caractère de trop');
  });

  test('a text that an import made longer than one may type is edited and left like any other', async () => {
    const long = 'é'.repeat(2_500);
    const container = open([note('n1', { text: long })]);
    await fireEvent.dblClick(container.querySelector('[data-note="n1"]') as Element);
    await type(container, `${long} !`);
    await fireEvent.keyDown(box(container), { key: 'Enter' });
    settle();
    expect(container.querySelector('textarea')).toBeNull();
    expect(texts('A', 'X')).toEqual([`${long} !`]);
  });

  test('a note deleted by somebody keeps its words in the box and offers to make them a note', async () => {
    const container = open([note('n1', { text: 'Je signe' })]);
    await fireEvent.dblClick(container.querySelector('[data-note="n1"]') as Element);
    await type(container, 'Je signe en deux minutes');
    world.server.do({ type: 'remove_notes', notes: ['n1'] });
    settle();
    expect(box(container).value).toBe('Je signe en deux minutes');
    const again = [...container.querySelectorAll('button')].find(
      (b) => b.textContent === 'En faire une note',
    );
    await fireEvent.click(again as Element);
    settle();
    expect(texts('A', 'X')).toEqual(['Je signe en deux minutes']);
  });
});

describe('keys on a note', () => {
  test('digits give a kind, + an emotion, M the moment of truth', async () => {
    const container = open([note('n1', { text: 'Je signe' })]);
    const target = container.querySelector('[data-note="n1"]') as HTMLElement;
    target.focus();
    await fireEvent.keyDown(target, { key: '2', code: 'Digit2' });
    await fireEvent.keyDown(target, { key: '+', code: 'Equal' });
    await fireEvent.keyDown(target, { key: 'm', code: 'KeyM' });
    settle();
    const now = me.replica.note('n1');
    expect([now?.kind, now?.emotion, now?.momentOfTruth]).toEqual(['irritant', 1, true]);
    expect(target.getAttribute('aria-label')).toBe(
      'Irritant, Découverte, Agence\u00a0: Je signe, Moment de vérité, émotion +1',
    );
  });

  test('X and the arrows carry it, Enter drops it, Escape puts it back', async () => {
    const container = open([note('n1', { text: 'un' }), note('n2', { text: 'deux' })]);
    const target = container.querySelector('[data-note="n1"]') as HTMLElement;
    target.focus();
    await fireEvent.keyDown(target, { key: 'x', code: 'KeyX' });
    await fireEvent.keyDown(target, { key: 'ArrowRight' });
    await fireEvent.keyDown(target, { key: 'Escape' });
    settle();
    expect(texts('A', 'X')).toEqual(['un', 'deux']);
    await fireEvent.keyDown(target, { key: 'x', code: 'KeyX' });
    await fireEvent.keyDown(target, { key: 'ArrowRight' });
    await fireEvent.keyDown(target, { key: 'Enter' });
    settle();
    expect(texts('A', 'X')).toEqual(['deux']);
    expect(texts('B', 'X')).toEqual(['un']);
  });

  test('L then a note draws a link that means what its ends are', async () => {
    const container = open([note('n1', { kind: 'action' }), note('n2', { kind: 'irritant' })]);
    const [one, two] = ['n1', 'n2'].map((id) => container.querySelector<HTMLElement>(`[data-note="${id}"]`));
    two?.focus();
    await fireEvent.keyDown(two as Element, { key: 'l', code: 'KeyL' });
    one?.focus();
    await fireEvent.keyDown(one as Element, { key: 'Enter' });
    settle();
    expect(me.replica.links.map(({ kind, source, target }) => [kind, source, target])).toEqual([
      ['resolves', 'n1', 'n2'],
    ]);
  });

  test('deleting offers the way back', async () => {
    const container = open([note('n1', { text: 'un' })]);
    const target = container.querySelector('[data-note="n1"]') as HTMLElement;
    target.focus();
    await fireEvent.keyDown(target, { key: 'Delete' });
    settle();
    expect(texts('A', 'X')).toEqual([]);
    await fireEvent.click(container.querySelector('.toast .act') as Element);
    settle();
    expect(texts('A', 'X')).toEqual(['un']);
  });
});

describe('the grid as a table', () => {
  test('has one tab stop, which follows the arrows by note and then by cell', async () => {
    const container = open([note('n1'), note('n2'), note('n3', { channel: 'Y' })]);
    const stops = () => [...container.querySelectorAll<HTMLElement>('[role="grid"] [tabindex="0"]')];
    expect(stops()).toHaveLength(1);
    const first = container.querySelector('[data-note="n1"]') as HTMLElement;
    first.focus();
    for (const id of ['n2', 'n3']) {
      await fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
      expect((document.activeElement as HTMLElement).dataset.note).toBe(id);
      expect(stops()).toEqual([document.activeElement]);
    }
    await fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowRight' });
    expect((document.activeElement as HTMLElement).dataset.stage).toBe('B');
  });

  test('stays in reach of Tab when the note that was its stop goes away', async () => {
    const container = open([note('n1')]);
    (container.querySelector('[data-note="n1"]') as HTMLElement).focus();
    world.server.do({ type: 'remove_notes', notes: ['n1'] });
    settle();
    await fireEvent.keyDown(document.body, { key: 'Tab' });
    expect(container.querySelectorAll('[role="grid"] [tabindex="0"]')).toHaveLength(1);
  });

  test('an observer finds nothing to press that would change it', async () => {
    const container = open([note('n1', { text: 'un' })], 'observer');
    expect(container.querySelector('.cell .add')).toBeNull();
    const target = container.querySelector('[data-note="n1"]') as HTMLElement;
    target.focus();
    for (const key of ['e', 'n', '2', 'm', 'x', 'd', 'Delete']) await fireEvent.keyDown(target, { key });
    await fireEvent.dblClick(target);
    await fireEvent.click(cell(container, 'B', 'X'));
    expect(container.querySelector('textarea')).toBeNull();
    settle();
    expect(world.server.seq).toBe(0);
    expect(container.querySelector('.sr[role="status"]')?.textContent).toBe(''); // nothing is said to have happened
    expect(container.textContent).toContain('Lecture seule');
  });
});

describe('the menu of a note', () => {
  const item = (container: HTMLElement, words: string): HTMLElement => {
    const found = [...container.querySelectorAll<HTMLElement>('[role="menuitem"]')].find((one) =>
      one.textContent.includes(words),
    );
    if (!found) throw new Error(`no ${words} in the menu`);
    return found;
  };
  async function menu(container: HTMLElement): Promise<void> {
    const target = container.querySelector('[data-note="n1"]') as HTMLElement;
    target.focus();
    await fireEvent.keyDown(target, { key: 'F10', shiftKey: true });
  }

  test('deletes the note it was opened on', async () => {
    const container = open([note('n1'), note('n2')]);
    await menu(container);
    await fireEvent.click(item(container, 'Supprimer'));
    settle();
    expect(me.replica.cell('A', 'X')).toEqual(['n2']);
  });

  test('what offers to take the deletion back goes when Ctrl+Z did', async () => {
    const container = open([note('n1'), note('n2')]);
    await menu(container);
    await fireEvent.click(item(container, 'Supprimer'));
    settle();
    const offer = () => container.querySelector('.toast')?.textContent ?? '';
    expect(offer()).toContain('Annuler');
    await fireEvent.keyDown(container.querySelector('[data-note="n2"]') as HTMLElement, {
      key: 'z',
      ctrlKey: true,
    });
    settle();
    expect(me.replica.cell('A', 'X')).toEqual(['n1', 'n2']);
    expect(offer()).toBe('');
  });

  test('moves it to another stage and channel without a drag', async () => {
    const container = open([note('n1'), note('n2', { stage: 'B', channel: 'Y' })]);
    await menu(container);
    await fireEvent.click(item(container, 'Déplacer vers'));
    const [stage, channel, position] = [...container.querySelectorAll('select')];
    await fireEvent.change(stage as Element, { target: { value: 'B' } });
    await fireEvent.change(channel as Element, { target: { value: 'Y' } });
    await fireEvent.change(position as Element, { target: { value: 'first' } });
    await fireEvent.submit(container.querySelector('form') as Element);
    settle();
    expect(me.replica.cell('B', 'Y')).toEqual(['n1', 'n2']);
  });
});

describe('several notes', () => {
  const el = (container: HTMLElement, id: string) =>
    container.querySelector(`[data-note="${id}"]`) as HTMLElement;

  test('chosen with Ctrl take a kind together, and one undo gives it back to all', async () => {
    const container = open([note('n1'), note('n2'), note('n3')]);
    await fireEvent.click(el(container, 'n1'));
    await fireEvent.click(el(container, 'n3'), { ctrlKey: true });
    await fireEvent.keyDown(el(container, 'n3'), { key: '2', code: 'Digit2' });
    settle();
    const kinds = () => ['n1', 'n2', 'n3'].map((id) => me.replica.note(id)?.kind ?? null);
    expect(kinds()).toEqual(['irritant', null, 'irritant']);
    me.replica.undo();
    settle();
    expect(kinds()).toEqual([null, null, null]);
  });

  test('move together in their order, and go to the bin together', async () => {
    const container = open([note('n1'), note('n2'), note('n3')]);
    for (const id of ['n1', 'n2']) {
      el(container, id).focus();
      await fireEvent.keyDown(el(container, id), { key: ' ', ctrlKey: true });
    }
    await fireEvent.keyDown(el(container, 'n2'), { key: 'x', code: 'KeyX' });
    await fireEvent.keyDown(el(container, 'n2'), { key: 'ArrowRight' });
    await fireEvent.keyDown(el(container, 'n2'), { key: 'Enter' });
    settle();
    expect(me.replica.cell('B', 'X')).toEqual(['n1', 'n2']);
    await fireEvent.keyDown(el(container, 'n1'), { key: 'Delete' });
    settle();
    expect(me.replica.cell('B', 'X')).toEqual([]);
    expect(container.querySelector('.toast')?.textContent).toContain('2 notes mises à la corbeille');
  });

  test('are one again after a plain click', async () => {
    const container = open([note('n1'), note('n2')]);
    await fireEvent.click(el(container, 'n1'));
    await fireEvent.click(el(container, 'n2'), { ctrlKey: true });
    expect(container.querySelectorAll('.note.sel')).toHaveLength(2);
    await fireEvent.click(el(container, 'n2'));
    expect(container.querySelectorAll('.note.sel')).toHaveLength(1);
  });
});

describe('a large board', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      note(`n${i}`, { text: `Je signe ${i}`, rank: `a${String(i).padStart(4, '0')}` }),
    );
  const drawn = (container: HTMLElement, id: string) =>
    container.querySelector(`[data-note="${id}"] .txt`)?.textContent;

  test('far notes have no words drawn, and are there all the same: counted, named, reached', async () => {
    const container = open(many(450));
    expect(container.querySelectorAll('[data-note]')).toHaveLength(450);
    expect(drawn(container, 'n0')).toBe('Je signe 0');
    expect(drawn(container, 'n440')).toBeUndefined();
    const far = container.querySelector('[data-note="n440"]') as HTMLElement;
    expect(far.getAttribute('aria-label')).toContain('Je signe 440');
    far.focus();
    settle();
    expect(document.activeElement).toBe(far);
    expect(drawn(container, 'n440')).toBe('Je signe 440');
  });

  test('a note that is far is written in like any other', async () => {
    const container = open(many(450));
    await fireEvent.dblClick(container.querySelector('[data-note="n449"]') as Element);
    await type(container, 'Je signe enfin');
    await fireEvent.keyDown(box(container), { key: 'Enter' });
    settle();
    expect(me.replica.note('n449')?.text).toBe('Je signe enfin');
  });

  test('a board of a usual size is drawn whole', () => {
    const container = open(many(400));
    expect(container.querySelectorAll('.note.far')).toHaveLength(0);
    expect(drawn(container, 'n399')).toBe('Je signe 399');
  });
});
