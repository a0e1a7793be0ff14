// @vitest-environment node
import { expect, test } from 'vitest';
import { edgeSpeed, indexAt, isFar } from './drag';

const stack = [
  { top: 0, bottom: 30 },
  { top: 34, bottom: 64 },
  { top: 68, bottom: 98 },
];

test('a note is dropped before the one whose upper half is under the pointer', () => {
  expect(indexAt(stack, 10)).toBe(0);
  expect(indexAt(stack, 20)).toBe(1);
  expect(indexAt(stack, 50)).toBe(2);
  expect(indexAt(stack, 90)).toBe(3);
  expect(indexAt([], 50)).toBe(0);
});

test('the wall scrolls only near its edges, faster outwards, and never past its limit', () => {
  expect(edgeSpeed(500, 0, 1000)).toBe(0);
  expect(edgeSpeed(50, 0, 1000)).toBeLessThan(0);
  expect(edgeSpeed(5, 0, 1000)).toBeLessThan(edgeSpeed(50, 0, 1000));
  expect(edgeSpeed(-200, 0, 1000)).toBe(-16);
  expect(edgeSpeed(1200, 0, 1000)).toBe(16);
});

test('a shaking hand does not drag', () => {
  expect(isFar(3, 3, 5)).toBe(false);
  expect(isFar(4, 4, 5)).toBe(true);
});
