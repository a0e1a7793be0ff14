// @vitest-environment node
import { expect, test } from 'vitest';
import { fold, isActive, matches, NO_FILTER, type Filtered } from './filter';

const note: Filtered = {
  text: 'Je demande une démo',
  kind: 'touchpoint',
  team: '',
  author: 'p1',
  owner: '',
  number: 42,
};
const kept = (filter: Partial<typeof NO_FILTER>, more: Partial<Filtered> = {}, answered = false) =>
  matches(
    { ...NO_FILTER, ...filter },
    { ...note, ...more },
    () => answered,
    () => 'Ventes',
  );

test('words are found without accents, case or order', () => {
  expect(fold('Démo')).toBe('demo');
  expect(kept({ text: 'DEMO je' })).toBe(true);
  expect(kept({ text: 'devis' })).toBe(false);
});

test('a note is found by its number', () => {
  expect(kept({ text: 'n°42' })).toBe(true);
  expect(kept({ text: '42' })).toBe(true);
});

test('kinds, « à qualifier » included, teams and authors narrow what is kept', () => {
  expect(kept({ kinds: ['irritant', 'none'] })).toBe(false);
  expect(kept({ kinds: ['none'] }, { kind: null })).toBe(true);
  expect(kept({ teams: ['Ventes'] })).toBe(true);
  expect(kept({ teams: ['Ventes'] }, { team: 'Support' })).toBe(false);
  expect(kept({ authors: ['p2'] })).toBe(false);
});

test('a pain that an action answers is not one without action', () => {
  expect(kept({ lack: 'pain_without_action' }, { kind: 'irritant' })).toBe(true);
  expect(kept({ lack: 'pain_without_action' }, { kind: 'irritant' }, true)).toBe(false);
  expect(kept({ lack: 'pain_without_action' })).toBe(false);
});

test('an action with an owner is not one without', () => {
  expect(kept({ lack: 'action_without_owner' }, { kind: 'action' })).toBe(true);
  expect(kept({ lack: 'action_without_owner' }, { kind: 'action', owner: 'Julie' })).toBe(false);
});

test('an empty filter is no filter', () => {
  expect(isActive(NO_FILTER)).toBe(false);
  expect(isActive({ ...NO_FILTER, text: '  ' })).toBe(false);
  expect(isActive({ ...NO_FILTER, lack: 'action_without_owner' })).toBe(true);
});
