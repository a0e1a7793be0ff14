// What a revision costs must not grow with the board. Counted in steps, not in milliseconds, which depend on the machine.
import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import type { BoardRecord } from '../wire/types.gen';
import { NoteState } from './state.svelte';
import { World, note } from './testing/world';
import { Value } from './value';

const STAGES = ['s0', 's1', 's2', 's3', 's4', 's5'];
const CHANNELS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];

/** 100 notes in the grid, where things will happen, and the others all in the last channel. */
function bigBoard(others: number): BoardRecord[] {
  const near = Array.from({ length: 100 }, (_, i) =>
    note(`n${i}`, { stage: STAGES[i % 6] ?? null, channel: CHANNELS[i % 6] ?? null }),
  );
  const far = Array.from({ length: others }, (_, i) => note(`far${i}`, { stage: 's0', channel: 'c6' }));
  return [
    ...STAGES.map((id, i): BoardRecord => ({ type: 'stage', id, name: id, rank: `V1${i}1` })),
    ...CHANNELS.map((id, i): BoardRecord => ({ type: 'channel', id, name: id, rank: `V1${i}1` })),
    ...near,
    ...far,
  ];
}

/** Steps for 500 revisions of others, drawn in 25 frames, while an edit of mine waits, with everything watched. */
function steps(others: number): { read: number; painted: number; ran: number } {
  const world = new World(bigBoard(others));
  const ann = world.join('ann');
  world.flush();
  const { replica } = ann;
  let ran = 0;
  const stop = $effect.root(() => {
    for (const stage of STAGES) {
      for (const channel of CHANNELS)
        $effect(() => void (ran += Math.min(1, 1 + replica.cell(stage, channel).length)));
    }
    for (const each of replica.notes()) $effect(() => void (ran += Math.min(1, 1 + each.text.length)));
  });
  flushSync();
  ran = 0;
  replica.edit({ type: 'set_note', note: 'n5', set: { owner: 'Karim' } });
  ann.line.up.length = 0;
  for (let i = 0; i < 500; i++) {
    const id = `n${(i * 7) % 100}`;
    if (i % 5 === 0)
      world.server.do({ type: 'move_notes', notes: [id], place: { stage: 's1', channel: 'c1' } });
    else world.server.do({ type: 'set_note_text', note: id, text: `texte ${i}`, base: '' });
  }
  const read = vi.spyOn(Value.prototype, 'get');
  const painted = vi.spyOn(NoteState.prototype, 'paint');
  while (ann.line.down.length > 0) {
    ann.line.deliver(20);
    ann.frame();
    flushSync();
  }
  const counted = { read: read.mock.calls.length, painted: painted.mock.calls.length, ran };
  vi.restoreAllMocks();
  stop();
  return counted;
}

test('revisions cost as many steps on 3,000 notes as on 100', () => {
  const small = steps(0);
  expect(steps(2_900)).toEqual(small);
  expect(small.painted).toBeLessThan(25 * 22);
  expect(small.ran).toBeLessThan(500 + 25 * 8);
});
