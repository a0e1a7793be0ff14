// @vitest-environment node
import { expect, test } from 'vitest';
import { mapOffset } from './caret';

/** `|` is the caret. */
function mapped(before: string, after: string): string {
  const at = mapOffset(before.replace('|', ''), after, before.indexOf('|'));
  return `${after.slice(0, at)}|${after.slice(at)}`;
}

test.each([
  ['délai| long', 'délai long', 'délai| long'],
  ['délai| long', 'Le délai long', 'Le délai| long'],
  ['délai long|', 'délai long au téléphone', 'délai long| au téléphone'],
  ['délai lo|ng', 'Le délai trop long', 'Le délai trop lo|ng'],
  ['|délai', 'Le délai', '|Le délai'],
  ['un deux| trois', 'zéro un deux et demi trois quatre', 'zéro un deux| et demi trois quatre'],
  ['un deux| trois', 'trois', '|trois'],
  ['un deux trois|', 'un', 'un|'],
  ['un 🙂| deux', '🙂 un 🙂 deux', '🙂 un 🙂| deux'],
  ['|', 'mots', '|mots'],
  ['mots|', '', '|'],
])('%j becomes %j with the caret at %j', (before, after, expected) => {
  expect(mapped(before, after)).toBe(expected);
});

test('two long texts with nothing in common are not compared word by word', () => {
  const words = (letter: string): string => Array.from({ length: 2_000 }, (_, i) => letter + i).join(' ');
  const began = performance.now();
  expect(mapOffset(words('a'), words('b'), 5_000)).toBeGreaterThanOrEqual(0);
  expect(performance.now() - began).toBeLessThan(500);
});
