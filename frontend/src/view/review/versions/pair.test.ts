import { expect, test } from 'vitest';
import { addressOf, pairIn, usualPair } from './pair';

test('the address of a comparison brings back the same two', () => {
  for (const pair of [
    { before: 1, after: 'draft' as const },
    { before: 3, after: 12 },
  ])
    expect(pairIn(addressOf(pair))).toEqual(pair);
});

test('an address that says nothing sound asks for nothing', () => {
  for (const hash of ['', '#tab=compare', '#before=draft&after=1', '#before=0&after=2', '#before=1&after=x'])
    expect(pairIn(hash)).toBeNull();
});

test('one looks first at what came since the last version', () => {
  expect(usualPair([1, 2], false)).toEqual({ before: 2, after: 'draft' });
  expect(usualPair([2, 1], true)).toEqual({ before: 1, after: 2 });
  expect(usualPair([1], true)).toBeNull();
  expect(usualPair([], false)).toBeNull();
});
