// « Je » in the editor and in its panel, in a page that lays nothing out; looks and the browser's undo are the browser tests'.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../../i18n';
import type { Told } from '../../model/phrasing';
import { World, note, type Browser } from '../../model/testing/world';
import type { BoardRecord } from '../../wire/types.gen';
import Board from '../Board.svelte';
import { batches } from './batch';
import { common, replaceIn } from './replace';

const NO: Told = { verdict: 'no', suggestion: 'Je signe le bail', reason: 'nominal' };
const YES: Told = { verdict: 'yes', suggestion: null, reason: 'first_person' };
const SILENT: Told = { verdict: 'no', suggestion: null, reason: 'other_subject' };

let world: World;
let me: Browser;
let asked: string[][];

beforeEach(() => {
  const path = '../backend/charniere/locales/fr.json';
  setCatalogue('fr', JSON.parse(readFileSync(path, 'utf8')) as Catalogue);
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
  asked = [];
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
    const { phrases } = JSON.parse(body) as { phrases: string[] };
    asked.push(phrases);
    const answers = phrases.map((text) => world.server.told.get(text) ?? YES);
    return Promise.resolve({ ok: true, json: () => Promise.resolve({ answers }) });
  });
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.animate ??= () => ({ cancel() {} }) as unknown as Animation;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(records: readonly BoardRecord[] = [], role = 'participant'): HTMLElement {
  world = new World(records);
  world.server.told.set('Signature du bail', NO);
  world.server.told.set('Je signe le bail', YES);
  world.server.told.set('Le livreur passe', SILENT);
  me = world.join('Anne', { role });
  world.settle();
  const { container } = render(Board, {
    props: { replica: me.replica, bootstrap: world.bootstrap(me.person), store: null },
  });
  flushSync();
  return container;
}
const later = (ms = 150) => {
  world.clock.pass(ms);
  world.flush();
  flushSync();
};
const box = (container: HTMLElement): HTMLTextAreaElement =>
  container.querySelector('textarea[data-editor]') as HTMLTextAreaElement;
const ghost = (container: HTMLElement): string | null =>
  container.querySelector('.ghost:enabled')?.textContent ?? null;
const sign = (container: HTMLElement): string | undefined =>
  container.querySelector<HTMLElement>('[data-je]')?.dataset.je;

async function write(container: HTMLElement, words: string): Promise<void> {
  if (!box(container)) {
    await fireEvent.click(container.querySelector('.cell[data-stage="A"][data-channel="X"]') as Element);
  }
  await fireEvent.input(box(container), { target: { value: words } });
  later();
}
const text = () => me.replica.note(me.replica.cell('A', 'X')[0] ?? '')?.text;
const key = (container: HTMLElement, pressed: string, more = {}) =>
  fireEvent.keyDown(box(container), { key: pressed, ...more });

describe('a touchpoint being written', () => {
  test('is told with a mark, and a proposal that Tab accepts', async () => {
    const container = open();
    await write(container, 'Signature du bail');
    expect([sign(container), ghost(container)]).toEqual(['no', 'Je signe le bail']);
    await key(container, 'Tab');
    later();
    expect(box(container).value).toBe('Je signe le bail');
    expect([sign(container), ghost(container)]).toEqual(['yes', null]);
    expect(text()).toBe('Je signe le bail');
  });

  test('comes back as typed by one undo of the board', async () => {
    const container = open();
    await write(container, 'Signature du bail');
    await key(container, 'Tab');
    await key(container, 'Escape');
    world.settle();
    me.replica.undo();
    world.settle();
    expect(text()).toBe('Signature du bail');
  });

  test('Escape refuses for good and is counted, the next Escape ends', async () => {
    const container = open();
    await write(container, 'Signature du bail');
    await key(container, 'Escape');
    later();
    expect([ghost(container), sign(container)]).toEqual([null, 'no']);
    expect(world.server.dismissed).toEqual(['nominal']);
    await write(container, 'Signature du bail.');
    await write(container, 'Signature du bail');
    expect(ghost(container)).toBeNull();
    await key(container, 'Escape');
    expect(box(container)).toBeNull();
    world.settle();
    expect(text()).toBe('Signature du bail');
  });

  test('Tab is the page’s own without a proposal, while the next is awaited, and with a modifier', async () => {
    const container = open();
    await write(container, 'Le livreur passe');
    expect([sign(container), ghost(container)]).toEqual(['no', null]);
    expect(await key(container, 'Tab')).toBe(true);
    await write(container, 'Signature du bail');
    await fireEvent.input(box(container), { target: { value: 'Signature du bail de' } });
    flushSync();
    expect(container.querySelector('.ghost:disabled')?.textContent).toBe('Je signe le bail');
    expect(await key(container, 'Tab')).toBe(true);
    await write(container, 'Signature du bail');
    expect(await key(container, 'Tab', { shiftKey: true })).toBe(true);
    expect(box(container).value).toBe('Signature du bail');
  });

  test('is left alone while an accent is composed', async () => {
    const container = open();
    await write(container, 'Signature du bail');
    await fireEvent.compositionStart(box(container));
    flushSync();
    expect([ghost(container), sign(container)]).toEqual([null, undefined]);
    await key(container, 'Tab', { isComposing: true });
    expect(box(container).value).toBe('Signature du bail');
    await fireEvent.compositionEnd(box(container));
    later();
    expect(ghost(container)).toBe('Je signe le bail');
  });

  test('is asked about nothing once it is no touchpoint', async () => {
    const container = open();
    await write(container, 'Signature du bail');
    await fireEvent.click(container.querySelector('.editor [data-kind="irritant"]') as Element);
    later();
    expect([ghost(container), sign(container)]).toEqual([null, undefined]);
  });

  test('waits for the line when there is none', async () => {
    const container = open();
    await write(container, 'Signature');
    me.line.cut();
    flushSync();
    await fireEvent.input(box(container), { target: { value: 'Signature du bail' } });
    world.clock.pass(150);
    flushSync();
    expect([ghost(container), sign(container)]).toEqual([null, 'waits']);
    world.settle();
    flushSync();
    expect([ghost(container), sign(container)]).toEqual(['Je signe le bail', 'no']);
  });

  test('is told nothing on a silent board', async () => {
    const container = open();
    world.server.do({ type: 'set_board', set: { je: 'silent' } });
    world.settle();
    await write(container, 'Signature du bail');
    expect([ghost(container), sign(container)]).toEqual([null, undefined]);
    expect(container.querySelector('[data-opens="je"]')).toBeNull();
  });
});

describe('the others', () => {
  const three = [
    note('n1', { text: 'Signature du bail', kind: 'touchpoint' }),
    note('n2', { text: 'Le livreur passe', kind: 'touchpoint' }),
    note('n3', { text: 'Je paie', kind: 'touchpoint' }),
    note('n4', { text: 'Trop long', kind: 'irritant' }),
    note('n5', { text: 'Signature du bail', kind: 'touchpoint', stage: 'B' }),
  ];
  async function panel(role = 'participant'): Promise<HTMLElement> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const container = open(three, role);
    await vi.advanceTimersByTimeAsync(1_100);
    vi.useRealTimers();
    flushSync();
    await fireEvent.click(container.querySelector('[data-opens="je"]') as Element);
    return container;
  }
  const button = (container: HTMLElement, words: string): HTMLElement => {
    const all = [...container.querySelectorAll<HTMLElement>('.panel button')];
    const found = all.find((one) => one.textContent?.includes(words));
    if (!found) throw new Error(`no ${words} in the panel`);
    return found;
  };

  test('are counted once, at the foot, each text asked about once', async () => {
    const container = await panel();
    expect(container.querySelector('[data-opens="je"]')?.textContent).toBe('1 sur 4');
    expect(asked).toEqual([['Signature du bail', 'Le livreur passe', 'Je paie']]);
  });

  test('are all accepted by one edit, which one undo takes back', async () => {
    const container = await panel();
    await fireEvent.click(button(container, 'Remplacer les 2'));
    world.settle();
    const texts = () => ['n1', 'n2', 'n5'].map((id) => me.replica.note(id)?.text);
    expect(texts()).toEqual(['Je signe le bail', 'Le livreur passe', 'Je signe le bail']);
    expect(world.server.seq).toBe(1);
    me.replica.undo();
    world.settle();
    expect(texts()).toEqual(['Signature du bail', 'Le livreur passe', 'Signature du bail']);
  });

  test('are put aside without being changed', async () => {
    const container = await panel();
    await fireEvent.click(button(container, 'Écarter'));
    flushSync();
    expect(container.querySelectorAll('.panel .better')).toHaveLength(0); // the same phrase twice
    world.settle();
    expect([world.server.seq, world.server.dismissed]).toEqual([0, ['nominal']]);
  });

  test('bear a mark at rest on an insistent board only', async () => {
    const container = await panel();
    const marked = () =>
      [...container.querySelectorAll('.note:has(.unsaid)')].map((n) => n.getAttribute('data-note'));
    expect(marked()).toEqual([]);
    world.server.do({ type: 'set_board', set: { je: 'insistent' } });
    world.settle();
    flushSync();
    expect(marked().sort()).toEqual(['n1', 'n2', 'n5']);
  });

  test('are not shown to who only reads', async () => {
    const container = open(three, 'observer');
    expect(container.querySelector('[data-opens="je"]')).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('putting a text in a box', () => {
  test.each([
    ['', '', 0, 0],
    ['bail', 'bail', 4, 0],
    ['Signature du bail', 'Je signe le bail', 0, 5],
    ['a🙂', 'a🙃', 1, 0],
    ['🙂a', '🙃a', 0, 1],
    ['aa', 'aaa', 2, 0],
  ])('%j and %j begin and end alike', (one, other, head, tail) => {
    expect(common(one, other)).toEqual({ head, tail });
  });

  test('keeps a selection by its words, and a caret at the end at the end', () => {
    const area = document.createElement('textarea');
    area.value = 'Signature du bail ici';
    document.body.append(area);
    area.setSelectionRange(13, 17);
    replaceIn(area, 'Je signe le bail ici');
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('bail');
    area.setSelectionRange(area.value.length, area.value.length);
    replaceIn(area, 'Je paie');
    expect([area.selectionStart, area.selectionEnd]).toEqual([7, 7]);
    area.remove();
  });
});

test('a batch holds neither too many texts nor too many bytes', () => {
  expect(batches(Array.from({ length: 1_001 }, (_, n) => `t${n}`)).map((b) => b.length)).toEqual([
    500, 500, 1,
  ]);
  const long = batches(Array.from({ length: 30 }, () => 'é'.repeat(2_000)));
  expect(long.flat()).toHaveLength(30);
  expect(Math.max(...long.map((b) => b.length))).toBeLessThan(15);
  expect(batches([])).toEqual([]);
});
