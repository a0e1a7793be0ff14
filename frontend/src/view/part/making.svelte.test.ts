// What a reader sees of a document that takes a while, with a server that does as the test says.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync, tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setCatalogue, t, type Catalogue } from '../../i18n';
import { NotMade, type Made, type Stage } from '../../model/making';
import View from './Making.svelte';
import { Makings } from './making.svelte';

interface Asked {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly tell: (stage: Stage) => void;
  readonly give: (made: Made) => void;
  readonly fail: (problem: Error) => void;
}
const FILE: Made = { name: 'cahier.pdf', data: new Blob(['%PDF']) };
let asked: Asked[];
let saved: Made[];
let makings: Makings;

beforeEach(() => {
  setCatalogue('fr', JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Catalogue);
  asked = [];
  saved = [];
  makings = new Makings(
    (url, tell, signal) => new Promise((give, fail) => asked.push({ url, tell, signal, give, fail })),
    (made) => saved.push(made),
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settled(): Promise<void> {
  await tick();
  await tick();
  flushSync();
}
function last(): Asked {
  const one = asked.at(-1);
  if (!one) throw new Error('nothing was asked');
  return one;
}

test('a document is followed from the asking to the saving', async () => {
  const { container, queryByRole } = render(View, { makings });
  const words = () => container.querySelector('p')?.textContent?.trim();
  makings.start('Cahier, PDF', '/x.pdf');
  flushSync();
  expect(words()).toBe(t('making.asked'));
  last().tell('waiting');
  flushSync();
  expect(words()).toBe(t('making.waiting'));
  last().tell('making');
  flushSync();
  expect(words()).toBe(t('making.making'));
  expect(queryByRole('progressbar', { name: 'Cahier, PDF' })).not.toBeNull();
  last().give(FILE);
  await settled();
  expect(words()).toBe(t('making.ready', { name: 'cahier.pdf' }));
  expect(queryByRole('progressbar')).toBeNull();
  expect(saved).toEqual([FILE]);
  await fireEvent.click(container.querySelector('button')!);
  expect(container.querySelector('.making')).toBeNull();
});

test('what is saved goes away by itself, what failed stays', async () => {
  vi.useFakeTimers();
  const { container } = render(View, { makings });
  makings.start('a', '/a');
  makings.start('b', '/b');
  asked[0]?.give(FILE);
  asked[1]?.fail(new NotMade('unreachable'));
  await vi.advanceTimersByTimeAsync(60_000);
  flushSync();
  expect([...container.querySelectorAll('.making b')].map((b) => b.textContent)).toEqual(['b']);
});

test('« Annuler » ends the request, and nothing is saved even if it comes', async () => {
  const { container, getByRole } = render(View, { makings });
  makings.start('Cahier, PDF', '/x.pdf');
  flushSync();
  await fireEvent.click(getByRole('button', { name: t('making.cancel_of', { name: 'Cahier, PDF' }) }));
  expect(last().signal.aborted).toBe(true);
  last().give(FILE);
  await settled();
  expect(saved).toEqual([]);
  expect(container.querySelector('.making')).toBeNull();
});

test('a failure says what to do, and « Réessayer » asks again', async () => {
  const { container, getByRole } = render(View, { makings });
  makings.start('Cahier, PDF', '/x.pdf');
  last().fail(new NotMade('too_many'));
  await settled();
  expect(container.querySelector('p')?.textContent?.trim()).toBe(t('making.too_many'));
  await fireEvent.click(getByRole('button', { name: t('making.again') }));
  expect(asked.length).toBe(2);
  last().give(FILE);
  await settled();
  expect(saved).toEqual([FILE]);
});

test('a page that goes takes its requests along', () => {
  const { unmount } = render(View, { makings });
  makings.start('Cahier, PDF', '/x.pdf');
  unmount();
  expect(last().signal.aborted).toBe(true);
});

test('the same document is not asked for twice while it is coming', async () => {
  render(View, { makings });
  makings.start('Cahier, PDF', '/x.pdf');
  makings.start('Cahier, PDF', '/x.pdf');
  expect(asked.length).toBe(1);
  last().give(FILE);
  await settled();
  makings.start('Cahier, PDF', '/x.pdf');
  expect(asked.length).toBe(2);
});
