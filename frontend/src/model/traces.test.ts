// @vitest-environment node
// What the real server said in long random runs (tests/vectors/traces), heard by the real replica.
import { expect, test } from 'vitest';
import type { BoardEdit, BoardRecord, Down, Person } from '../wire/types.gen';
import { memoryOutbox } from './outbox';
import { Replica } from './replica.svelte';
import { FakeClock } from './testing/clock';
import { FakeLine } from './testing/server';
import { shown, shownBy } from './testing/shown';
import { Value } from './value';

type Event =
  | { type: 'open' }
  | { type: 'cut' }
  | { type: 'edit'; edit_id: string; edit: BoardEdit }
  | { type: 'frame'; frame: Down };
interface Trace {
  person: Person;
  epoch: number;
  records: BoardRecord[];
  events: Event[];
  seq_at_end: number;
  records_at_end: BoardRecord[];
  refused: string[];
}

const traces = import.meta.glob<Trace>('../../../tests/vectors/traces/*.json', {
  eager: true,
  import: 'default',
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

test('there are traces', () => {
  expect(Object.keys(traces).length).toBeGreaterThan(5);
});

test.each(Object.entries(traces))('%s ends with the board that the server has', (_name, trace) => {
  const clock = new FakeClock();
  const lines: FakeLine[] = [];
  const frames: (() => void)[] = [];
  let nextId = '';
  const last = (): FakeLine => lines.at(-1) as FakeLine;
  const replica = new Replica(
    {
      version: 1,
      board: 'board',
      project: { id: 'p', client: '' },
      role: 'participant',
      lang: 'fr',
      welcome: {
        type: 'welcome',
        epoch: trace.epoch,
        seq: 0,
        you: trace.person,
        people: [trace.person],
        snapshot: trace.records,
      },
    },
    {
      open: () => {
        lines.push(new FakeLine());
        return last();
      },
      outbox: memoryOutbox(),
      clock,
      random: () => 0,
      bytes: () => Uint8Array.from(nextId, (letter) => ALPHABET.indexOf(letter)),
      schedule: (run) => frames.push(run),
    },
  );
  const refused: BoardEdit[] = [];
  replica.on('refused', ({ edit }) => refused.push(edit));
  replica.start();

  const asked = new Map<string, BoardEdit>();
  for (const event of trace.events) {
    if (event.type === 'open') {
      for (let waited = 0; last().isClosed && waited < 20_000; waited += 50) clock.pass(50);
      last().open();
    } else if (event.type === 'cut') last().cut();
    else if (event.type === 'edit') {
      nextId = event.edit_id;
      expect(replica.edit(event.edit)).toBe(event.edit_id);
      asked.set(event.edit_id, event.edit);
    } else {
      last().say(event.frame);
      last().deliver();
      if (lines.length % 2) frames.splice(0).forEach((run) => run());
    }
  }
  frames.splice(0).forEach((run) => run());

  expect(replica.seq).toBe(trace.seq_at_end);
  expect(shownBy(replica)).toEqual(shown(new Value(trace.records_at_end)));
  expect([replica.pending, replica.state]).toEqual([0, 'saved']);
  const surprising = trace.refused
    .flatMap((id) => asked.get(id) ?? [])
    .filter((edit) => edit.type !== 'undo');
  expect(refused.filter((edit) => edit.type !== 'undo')).toEqual(surprising);
});
