// @vitest-environment node
import { expect, test } from 'vitest';
import { spotAt, withWriting } from './cell';
import { mean, smooth, spread, type Felt } from './curve';
import { route, type Box } from './links';
import { crossing } from './near.svelte';
import { fitting, rowsToFill, stageMin } from './zoom';
import { spotBeside } from '../part/beside';
import { linkBetween } from '../kinds';

const writing = { id: 'new', isNew: true, kind: null, stage: 's', channel: 'c', before: 'b' };

test('a note being written stands where it was begun, and nowhere else', () => {
  expect(withWriting(['a', 'b'], writing, 's', 'c')).toEqual(['a', 'new', 'b']);
  expect(withWriting(['a'], { ...writing, before: null }, 's', 'c')).toEqual(['a', 'new']);
  expect(withWriting(['a'], writing, 's', 'other')).toEqual(['a']);
});

test('a note that somebody moves away while it is written here stays under the hand', () => {
  const kept = { ...writing, id: 'a', isNew: false };
  expect(withWriting(['b'], kept, 's', 'c')).toEqual(['a', 'b']);
  expect(withWriting(['x', 'a'], kept, 's', 'other')).toEqual(['x']);
});

test('a spot is counted among the notes that stay', () => {
  expect(spotAt(['a', 'b', 'c'], ['b'], 1, 's', 'c')).toEqual({ stage: 's', channel: 'c', before: 'c' });
  expect(spotAt(['a'], ['a'], 0, 's', 'c').before).toBeNull();
});

const felt = (...emotions: number[]): Felt[] =>
  emotions.map((emotion, i) => ({ id: `${i}`, emotion, truth: false }));

test('touchpoints are spread in reading order inside their stage', () => {
  const dots = spread([felt(1, 1, 1), felt(), felt(-2)]);
  expect(dots.map((dot) => dot.x)).toEqual([0.25, 0.5, 0.75, 2.5]);
});

test('the curve stays between the feelings it is made of, and is nothing without any', () => {
  const points = smooth(spread([felt(2, -2), felt(1)]), 2);
  expect(points[0]?.x).toBe(0);
  expect(points.at(-1)?.x).toBe(2);
  for (const { y } of points) expect(Math.abs(y)).toBeLessThanOrEqual(2);
  expect(smooth([], 6)).toEqual([]);
});

test('the mean of a stage without feelings is unknown, not 0', () => {
  expect(mean(felt())).toBeNull();
  expect(mean(felt(1, 2))).toBe(1.5);
});

const box = (column: number, top: number): Box => ({
  left: column + 4,
  top,
  width: 200,
  height: 30,
  column,
  row: top - 10,
  rowEnd: top + 60,
});

test('an arrow inside a column goes by its gutter, and to another column along the edge of a row', () => {
  const same = route(box(100, 20), box(100, 200));
  expect(same.path).toMatch(/^M104/);
  expect(same.tip.y).toBe(215);
  const other = route(box(100, 20), box(300, 200));
  expect(other.path).toContain('190.0');
  expect(other.tip.x).toBe(304);
});

test('fitting takes the greatest zoom whose columns fit, and never less than 50 %', () => {
  expect(fitting(1298, 6)).toBe(80);
  expect(fitting(6 * stageMin(100), 6)).toBe(100);
  expect(fitting(5_000, 6)).toBe(100);
  expect(fitting(200, 6)).toBe(50);
});

test('the rows that fill the screen are drawn first, and all of them on a small board', () => {
  expect(rowsToFill([2, 0, 10, 3], 40, 200)).toBe(3);
  expect(rowsToFill([1, 1], 40, 900)).toBe(2);
  expect(rowsToFill([], 40, 900)).toBe(0);
});

test('a panel stands beside the note, on the side that has room, and inside the page', () => {
  const room = { left: 0, top: 0, right: 1400, bottom: 800 };
  const size = { width: 312, height: 400 };
  const about = (left: number, top: number) => ({ left, top, right: left + 200, bottom: top + 35 });
  expect(spotBeside(about(300, 200), size, room)).toEqual({ left: 512, top: 156 });
  expect(spotBeside(about(1150, 200), size, room).left).toBe(1150 - 16 - 312);
  expect(spotBeside(about(300, 780), size, room).top).toBe(392);
  expect(spotBeside(about(300, 10), size, room).top).toBe(8);
});

test('a link means what its two ends are', () => {
  const action = { id: 'a', kind: 'action' } as const;
  const pain = { id: 'i', kind: 'irritant' } as const;
  const touch = { id: 't', kind: 'touchpoint' } as const;
  expect(linkBetween(pain, action)).toEqual({ kind: 'resolves', source: 'a', target: 'i' });
  expect(linkBetween(touch, pain)).toEqual({ kind: 'concerns', source: 'i', target: 't' });
  expect(linkBetween(touch, { ...touch, id: 'u' })).toEqual({ kind: 'leads_to', source: 't', target: 'u' });
});

test('of notes in a column, those are near that cross the screen, and none when the column is elsewhere', () => {
  const at = (index: number) => ({ top: index * 40, bottom: index * 40 + 36 });
  expect(crossing(100, at, { top: 400, bottom: 800 })).toEqual({ from: 10, to: 21 });
  expect(crossing(100, at, { top: -900, bottom: 60 })).toEqual({ from: 0, to: 2 });
  expect(crossing(100, at, { top: 9_000, bottom: 9_900 })).toEqual({ from: 100, to: 100 });
  expect(crossing(100, at, { top: -900, bottom: -1 })).toEqual({ from: 0, to: 0 });
  expect(crossing(0, at, { top: 0, bottom: 900 })).toEqual({ from: 0, to: 0 });
});
