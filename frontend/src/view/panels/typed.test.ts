// @vitest-environment node
import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../model/testing/clock';
import { Typed } from './typed.svelte';

let clock: FakeClock;
let saved: [string, string][];
const field = (value: string, rules = { max: 20, needed: false }) =>
  new Typed(value, rules, clock, (text, base) => saved.push([text, base]));

beforeEach(() => {
  clock = new FakeClock();
  saved = [];
});

test('what is typed is saved at a pause, with the text it replaces, and only once', () => {
  const typed = field('Visite');
  typed.type('Visite à');
  clock.pass(300);
  typed.type('Visite à la maison');
  expect(saved).toEqual([]);
  clock.pass(400);
  expect(saved).toEqual([['Visite à la maison', 'Visite']]);
  typed.leave();
  expect(saved).toHaveLength(1);
});

test('leaving the field saves at once', () => {
  const typed = field('');
  typed.type('5 jours');
  typed.leave();
  expect(saved).toEqual([['5 jours', '']]);
});

test('what others write is taken over while nothing is being typed', () => {
  const typed = field('Déclic');
  typed.heard('Le déclic');
  expect(typed.local).toBe('Le déclic');
});

test('what others write takes nothing away from words not saved yet', () => {
  const typed = field('Déclic');
  typed.type('Déclic du client');
  typed.heard('Autre nom');
  expect(typed.local).toBe('Déclic du client');
  clock.pass(400);
  expect(saved).toEqual([['Déclic du client', 'Déclic']]);
});

test('words taken back by their author give way to what others wrote meanwhile', () => {
  const typed = field('Déclic');
  typed.type('Déclics');
  typed.heard('Autre nom');
  typed.type('Déclic');
  expect(typed.local).toBe('Autre nom');
  typed.leave();
  expect(saved).toEqual([]);
});

test('the space after a word stays while one thinks of the next', () => {
  const typed = field('Je');
  typed.type('Je compare ');
  clock.pass(400);
  typed.heard('Je compare');
  expect(typed.local).toBe('Je compare ');
  typed.leave();
  expect(typed.local).toBe('Je compare');
});

test('a needed text that is emptied is not saved and comes back', () => {
  const typed = field('Signature', { max: 20, needed: true });
  typed.type('');
  clock.pass(2000);
  expect([saved, typed.missing]).toEqual([[], true]);
  typed.leave();
  expect(typed.local).toBe('Signature');
});

test('too long a text is kept to be shortened, never cut nor sent', () => {
  const typed = field('');
  typed.type('x'.repeat(21));
  typed.leave();
  expect([saved, typed.tooLong, typed.local.length]).toEqual([[], true, 21]);
  typed.type('x'.repeat(20));
  typed.leave();
  expect(saved).toHaveLength(1);
});
