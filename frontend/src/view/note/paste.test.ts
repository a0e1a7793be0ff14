// @vitest-environment node
import { expect, test } from 'vitest';
import { insert, linesOf } from './paste';
import { typeset } from './typeset';

test('each line that was pasted is a note, whatever the line ends and the bullets', () => {
  expect(linesOf('- un\r\n* deux\r\n\r\n3. trois\n4) quatre\n• cinq\n')).toEqual([
    'un',
    'deux',
    'trois',
    'quatre',
    'cinq',
  ]);
});

test('a sentence on one line offers nothing to cut', () => {
  expect(linesOf('Je demande une démo')).toHaveLength(1);
  expect(linesOf('  \n \n')).toHaveLength(0);
});

test('a number or a dash inside a line stays there', () => {
  expect(linesOf('14 champs\n-5 % de leads')).toEqual(['14 champs', '-5 % de leads']);
});

test('no line is left behind, however many there are', () => {
  const lines = Array.from({ length: 1_300 }, (_, i) => `Constat ${i}`);
  expect(linesOf(lines.join('\n'))).toEqual(lines);
});

test('a line too long for one note goes on in the next, cut between words and never inside an emoji', () => {
  const words = Array.from({ length: 700 }, (_, i) => `mot${i}`).join(' ');
  const parts = linesOf(words);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.every((part) => part.length <= 2_000)).toBe(true);
  expect(parts.join(' ')).toBe(words);
  const emoji = `x${'🚚'.repeat(1_500)}`;
  expect(linesOf(emoji).join('')).toBe(emoji);
  expect(linesOf(emoji).every((part) => part.isWellFormed())).toBe(true);
});

test('pasting in the middle keeps what is around, and says where the caret is', () => {
  expect(insert('ab', 1, 1, 'x\r\ny')).toEqual({ text: 'ax\nyb', caret: 4 });
  expect(insert('abc', 1, 2, '🚚')).toEqual({ text: 'a🚚c', caret: 3 });
});

test('French spaces do not break a line when shown, and change no length', () => {
  const text = 'Le « livre blanc » : pourquoi ? 10 % !';
  expect(typeset(text)).toBe('Le «\u00a0livre blanc\u00a0»\u00a0: pourquoi\u00a0? 10\u00a0%\u00a0!');
  expect(typeset(text)).toHaveLength(text.length);
});
