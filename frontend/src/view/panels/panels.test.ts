// @vitest-environment node
import { expect, test } from 'vitest';
import fr from '../../../../backend/charniere/locales/fr.json';
import { command } from '../keys/keymap';
import { underneath, walk } from './focus';
import { target } from './grid';
import { isLoopback, isOpen } from './invitations';
import { swapped, withLine, withoutLine } from './lines';
import { GROUPS } from './shortcuts';

const order = ['a', 'b', 'c'].map((id) => ({ id, name: id }));

test('a stage goes before its neighbour, or after it, and nowhere past the ends', () => {
  expect(target(order, 'b', -1)).toBe('a');
  expect(target(order, 'a', 1)).toBe('c');
  expect(target(order, 'b', 1)).toBeNull();
  expect(target(order, 'a', -1)).toBeUndefined();
  expect(target(order, 'c', 1)).toBeUndefined();
});

test('a line changed while others move it is changed where it went', () => {
  expect(withLine(['NPS', 'délai'], 'NPS', 'NPS à 30 jours', 0)).toEqual(['NPS à 30 jours', 'délai']);
  expect(withLine(['délai', 'NPS'], 'NPS', 'NPS à 30 jours', 0)).toEqual(['délai', 'NPS à 30 jours']);
  expect(withLine(['délai'], 'NPS', 'NPS à 30 jours', 0)).toEqual(['délai', 'NPS à 30 jours']);
  expect(withoutLine(['délai', 'NPS'], 'NPS', 0)).toEqual(['délai']);
  expect(swapped(['a', 'b'], 0, 1)).toEqual(['b', 'a']);
  expect(swapped(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
});

test('every key of the list does what the keyboard map says, and every letter can be switched off', () => {
  for (const { shortcuts } of GROUPS)
    for (const { press, letter, does } of shortcuts) {
      if (!press) continue;
      const pressed = { code: '', ctrl: false, shift: false, alt: false, ...press };
      expect(command(pressed, true), does).not.toBeNull();
      expect(command(pressed, false) === null, does).toBe(letter ?? false);
      expect(fr).toHaveProperty([does]);
    }
});

test('a link that leads only to this machine is known as such', () => {
  for (const url of ['http://127.0.0.1:8000/i/x', 'http://localhost/i/x', 'http://[::1]:80/i/x'])
    expect(isLoopback(url)).toBe(true);
  for (const url of ['http://192.168.1.12:8000/i/x', 'https://mur.example/i/x', 'http://127.example/i/x'])
    expect(isLoopback(url)).toBe(false);
});

test('a withdrawn invitation is not open', () => {
  const link = {
    id: 'i',
    role: 'observer',
    created_at: 0,
    uses: 0,
    revoked_at: null,
    url: 'http://x',
  } as const;
  expect(isOpen(link)).toBe(true);
  expect(isOpen({ ...link, revoked_at: 3, url: null })).toBe(false);
});

test('a sheet hangs under its button and stays in the page', () => {
  expect(underneath({ left: 400, right: 700 }, 372, 1440)).toBe(400);
  expect(underneath({ left: 1200, right: 1320 }, 372, 1440)).toBe(948);
  expect(underneath({ left: 100, right: 130 }, 372, 390)).toBe(8);
});

test('arrows stop at both ends of a list', () => {
  expect([walk(3, 0, -1), walk(3, 1, 1), walk(3, 2, 1), walk(3, -1, 1)]).toEqual([0, 2, 2, 0]);
});
