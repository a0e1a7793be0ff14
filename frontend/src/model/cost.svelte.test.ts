// What a revision costs must not grow with the board. Times are compared with each other, never with a clock on the wall.
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import type { BoardRecord } from '../wire/types.gen';
import { World, note } from './testing/world';

const STAGES = Array.from({ length: 6 }, (_, i) => `s${i}`);
const CHANNELS = Array.from({ length: 8 }, (_, i) => `c${i}`);

function bigBoard(count: number): BoardRecord[] {
  const grid: BoardRecord[] = [
    ...STAGES.map((id, i): BoardRecord => ({ type: 'stage', id, name: id, rank: `V1${i}0` })),
    ...CHANNELS.map((id, i): BoardRecord => ({ type: 'channel', id, name: id, rank: `V1${i}0` })),
  ];
  const cell = (i: number) => ({ stage: STAGES[i % 6] ?? null, channel: CHANNELS[i % 8] ?? null });
  return [
    ...grid,
    ...Array.from({ length: count }, (_, i) => note(`n${i}`, { ...cell(i), text: `note ${i}` })),
  ];
}

/** Milliseconds for 1,000 revisions of others, drawn in 50 frames, with everything watched as a view would. */
function cost(count: number): number {
  const world = new World(bigBoard(count));
  const ann = world.join('ann');
  world.flush();
  const { replica } = ann;
  let ran = 0;
  const stop = $effect.root(() => {
    for (const stage of STAGES) {
      for (const channel of CHANNELS)
        $effect(() => void (ran += replica.cell(stage, channel).length * 0 + 1));
    }
    for (const each of replica.notes()) $effect(() => void (ran += (each.text.length + each.number) * 0 + 1));
  });
  flushSync();
  ran = 0;
  for (let i = 0; i < 1_000; i++) {
    const id = `n${(i * 7) % 100}`;
    if (i % 5 === 0)
      world.server.do({ type: 'move_notes', notes: [id], place: { stage: 's1', channel: 'c1' } });
    else world.server.do({ type: 'set_note_text', note: id, text: `texte ${i}`, base: '' });
  }
  const began = performance.now();
  while (ann.line.down.length > 0) {
    ann.line.deliver(20);
    ann.frame();
    flushSync();
  }
  const took = performance.now() - began;
  stop();
  expect(ran).toBeLessThan(1_000 + 50 * 4);
  return took;
}

test('a thousand revisions cost as much on 4,000 notes as on 200', () => {
  cost(200); // warm
  const small = Math.min(cost(200), cost(200));
  const big = Math.min(cost(4_000), cost(4_000));
  expect(big).toBeLessThan(small * 4 + 20);
});
