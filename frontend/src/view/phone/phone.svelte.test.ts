// The board in a hand, in a page that lays nothing out: writing, going from cell to cell, what survives. Looks are the browser tests'.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../../i18n';
import { World, note, type Browser } from '../../model/testing/world';
import type { BoardRecord } from '../../wire/types.gen';
import Board from '../Board.svelte';

let world: World;
let me: Browser;
let store: Storage;

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
  vi.stubGlobal('innerWidth', 390);
  Element.prototype.scrollIntoView = () => {};
  const kept = new Map<string, string>();
  store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(records: readonly BoardRecord[] = [], role = 'participant'): HTMLElement {
  world = new World(records);
  me = world.join('Anne', { role });
  world.settle();
  return draw();
}
function draw(): HTMLElement {
  const { container } = render(Board, {
    props: { replica: me.replica, bootstrap: world.bootstrap(me.person), store },
  });
  flushSync();
  return container;
}
const settle = () => {
  world.settle();
  flushSync();
};
function found<E extends HTMLElement = HTMLElement>(container: HTMLElement, selector: string): E {
  const element = container.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}
function button(container: HTMLElement, name: string): HTMLElement {
  const all = [...container.querySelectorAll<HTMLElement>('button')];
  const one = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').includes(name));
  if (!one) throw new Error(`no button « ${name} »`);
  return one;
}
const box = (container: HTMLElement) => found<HTMLTextAreaElement>(container, '.composer textarea');
const type = (container: HTMLElement, value: string) =>
  fireEvent.input(box(container), { target: { value } });
const texts = (stage: string | null, channel: string | null) =>
  me.replica.cell(stage, channel).map((id) => me.replica.note(id)?.text ?? '');
const shown = (container: HTMLElement) =>
  [...container.querySelectorAll('.cellnotes .txt')].map((each) => each.textContent?.trim());

describe('writing', () => {
  test('what is sent lands in the cell in sight, and the box is free for the next', async () => {
    const container = open();
    for (const words of ['Je cherche', 'Je compare']) {
      await type(container, words);
      await fireEvent.click(button(container, 'Envoyer'));
    }
    settle();
    expect(texts('A', 'X')).toEqual(['Je cherche', 'Je compare']);
    expect(box(container).value).toBe('');
    expect(document.activeElement).toBe(box(container));
  });

  test('the return key of the keyboard sends, an empty box sends nothing', async () => {
    const container = open();
    await fireEvent.keyDown(box(container), { key: 'Enter' });
    await type(container, 'Je choisis');
    await fireEvent.keyDown(box(container), { key: 'Enter' });
    settle();
    expect(texts('A', 'X')).toEqual(['Je choisis']);
  });

  test('the note takes the paper that was chosen', async () => {
    const container = open();
    await fireEvent.click(found(container, '.kinds [data-kind="irritant"]'));
    await type(container, 'On ne me rappelle pas');
    await fireEvent.click(button(container, 'Envoyer'));
    settle();
    expect(me.replica.notes().map((each) => each.kind)).toEqual(['irritant']);
  });

  test('words not sent follow to another stage and outlive the page', async () => {
    let container = open();
    await type(container, 'À demi écrit');
    await fireEvent.click(button(container, 'Étape suivante'));
    expect(box(container).value).toBe('À demi écrit');
    cleanup();
    container = draw();
    expect(box(container).value).toBe('À demi écrit');
    await fireEvent.click(button(container, 'Envoyer'));
    settle();
    expect(texts('B', 'X')).toEqual(['À demi écrit']);
  });

  test('a press on a paper or on the button leaves the keyboard where it is', () => {
    const container = open();
    const press = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    button(container, 'Envoyer').dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
  });

  test('lines pasted together are offered as as many notes', async () => {
    const container = open();
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => 'Un\nDeux\nTrois' } });
    await fireEvent(box(container), paste);
    await fireEvent.click(button(container, 'Coller en 3 notes'));
    settle();
    expect(texts('A', 'X')).toEqual(['Un', 'Deux', 'Trois']);
  });
});

describe('going about', () => {
  const records = [
    note('n1', { text: 'En agence' }),
    note('n2', { text: 'Au téléphone', channel: 'Y' }),
    note('n3', { text: 'Sans place', channel: null }),
  ];

  test('chips change the channel, arrows the stage, and an edge stays an edge', async () => {
    const container = open(records);
    expect(shown(container)).toEqual(['En agence']);
    await fireEvent.click(button(container, 'Téléphone, 1 note'));
    expect(shown(container)).toEqual(['Au téléphone']);
    await fireEvent.click(button(container, 'Première étape'));
    expect(shown(container)).toEqual(['Au téléphone']);
    await fireEvent.click(button(container, 'Étape suivante'));
    expect(shown(container)).toEqual([]);
    expect(container.textContent).toContain('Rien encore ici');
  });

  test('the map counts every cell and goes there', async () => {
    const container = open(records);
    await fireEvent.click(button(container, 'Toutes les cases'));
    await fireEvent.click(button(container, 'Découverte, Téléphone, 1 note'));
    expect(shown(container)).toEqual(['Au téléphone']);
    expect(container.querySelector('[role="dialog"]')).toBeNull();
  });

  test('notes to be placed are a tap away, and so is the way back', async () => {
    const container = open(records);
    await fireEvent.click(button(container, 'Menu'));
    await fireEvent.click(button(container, 'À placer'));
    expect(shown(container)).toEqual(['Sans place']);
    await fireEvent.click(button(container, 'Revenir à la grille'));
    expect(shown(container)).toEqual(['En agence']);
  });

  test('the stage in sight is taken away: its neighbour comes, words stay', async () => {
    const container = open(records);
    await fireEvent.click(button(container, 'Étape suivante'));
    await type(container, 'Pour l’achat');
    world.join('Paul', { role: 'facilitator' }).replica.edit({ type: 'remove_stage', stage: 'B' });
    settle();
    expect(found(container, '.now').textContent).toContain('Découverte');
    expect(box(container).value).toBe('Pour l’achat');
  });

  test('a cell is declared empty, and taken back', async () => {
    const container = open([note('n1', { stage: 'B' })]);
    await fireEvent.click(button(container, 'rien ici'));
    settle();
    expect(me.replica.gap('A', 'X')).toBe(true);
    await fireEvent.click(button(container, 'Case à remplir'));
    settle();
    expect(me.replica.gap('A', 'X')).toBe(false);
  });
});

describe('one note in the hand', () => {
  const records = [note('n1', { text: 'Je demande une démo', kind: 'touchpoint' })];
  async function take(role?: string): Promise<HTMLElement> {
    const container = open(records, role);
    await fireEvent.click(found(container, '[data-open="n1"]'));
    await tick();
    return container;
  }

  test('its words are changed in the sheet', async () => {
    const container = await take();
    const area = found<HTMLTextAreaElement>(container, '.words textarea');
    await fireEvent.input(area, { target: { value: 'Je demande une démo en ligne' } });
    await fireEvent.blur(area);
    settle();
    expect(me.replica.note('n1')?.text).toBe('Je demande une démo en ligne');
  });

  test('somebody deletes it under the thumb: the words typed are handed back', async () => {
    const container = await take();
    await fireEvent.input(found<HTMLTextAreaElement>(container, '.words textarea'), {
      target: { value: 'Je demande une démo, vite' },
    });
    world.join('Paul').replica.edit({ type: 'remove_notes', notes: ['n1'] });
    settle();
    await tick();
    flushSync();
    expect(container.querySelector('[role="alertdialog"]')?.textContent).toContain(
      'Je demande une démo, vite',
    );
  });

  test('deleted, it can be taken back at once', async () => {
    const container = await take();
    await fireEvent.click(button(found(container, '.sheet'), 'Supprimer'));
    settle();
    expect(shown(container)).toEqual([]);
    await fireEvent.click(button(found(container, '.toasts'), 'Annuler'));
    settle();
    expect(shown(container)).toEqual(['Je demande une démo']);
  });

  test('an arrow is drawn by a tap on the other note, which may lie in another cell', async () => {
    const container = open([...records, note('n2', { text: 'Trop long', kind: 'irritant', stage: 'B' })]);
    await fireEvent.click(found(container, '[data-open="n1"]'));
    await fireEvent.click(button(found(container, '.acts'), 'Relier'));
    await fireEvent.click(button(container, 'Étape suivante'));
    await fireEvent.click(found(container, '[data-open="n2"]'));
    settle();
    expect(me.replica.linksOf('n1')).toHaveLength(1);
  });

  test('when the sheet goes, the focus is back on its note; on the cell when the note went too', async () => {
    const container = await take();
    await fireEvent.click(button(found(container, '.sheet'), 'Fermer'));
    await tick();
    await tick();
    expect((document.activeElement as HTMLElement).dataset.open).toBe('n1');
    await fireEvent.click(found(container, '[data-open="n1"]'));
    await fireEvent.click(button(found(container, '.sheet'), 'Supprimer'));
    settle();
    await vi.waitFor(() => expect(document.activeElement).toBe(found(container, '.cellnotes')));
  });

  test('an observer reads it and has nothing to change it with', async () => {
    const container = await take('observer');
    expect(container.querySelector('textarea')).toBeNull();
    expect(container.querySelector('.acts')).toBeNull();
    expect(found(container, '.readonly').textContent).toContain('Lecture seule');
  });
});

test('words typed before a lock stay in sight, to be copied', async () => {
  const container = open([], 'participant');
  await type(container, 'Trop tard');
  world.join('Paul', { role: 'facilitator' }).replica.edit({ type: 'set_board', set: { locked: true } });
  settle();
  expect(container.querySelector('.composer')).toBeNull();
  expect(found(container, '.readonly').textContent).toContain('Trop tard');
});
