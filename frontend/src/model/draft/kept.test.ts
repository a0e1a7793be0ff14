// @vitest-environment node
// What is typed in a review outlives its tab, as on a board; words of another epoch are offered, with the last that was typed.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { BoardEdit, DraftEdit } from '../../wire/types.gen';
import { KeptOutbox } from '../outbox';
import type { Entry } from '../outbox';
import { Desk, line } from '../testing/desk';

let desk: Desk;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  desk = new Desk([line('one'), line('two')]);
});

function open<E = DraftEdit>(tab: string, document = 'draft-of-board'): KeptOutbox<E> {
  return new KeptOutbox({ document, person: 'ann', tab, clock: desk.clock, channel: null, drawer: null });
}

async function rest(): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await new Promise(setImmediate);
    desk.clock.pass(5);
    desk.flush();
  }
}

/** Waits for the disk, a little time at a time. */
async function done<T>(work: Promise<T>): Promise<T> {
  let ended = false;
  void work.finally(() => (ended = true));
  while (!ended) {
    await new Promise(setImmediate);
    desk.clock.pass(5);
  }
  return work;
}

const named = (id: string, label: string): DraftEdit => ({ type: 'set_line', line: id, set: { label } });

test('a review closed offline loses nothing and doubles nothing', async () => {
  const before = desk.join('ann', { outbox: open('tab-1') });
  await rest();
  before.line.cut();
  before.replica.edit(named('one', 'Rappeler'));
  before.replica.edit({ type: 'add_comment', comment: 'c1', line: 'one', text: 'Qui décide ?' });
  before.replica.close();
  const after = desk.join('ann', { outbox: open('tab-2') });
  await rest();
  desk.settle();
  expect(desk.server.log.map(({ what }) => what)).toEqual(['set_line', 'add_comment']);
  expect([after.replica.line('one')?.label, after.replica.comments('one').length]).toEqual(['Rappeler', 1]);
});

test('what was typed on a board waits for that board', async () => {
  const edit: BoardEdit = { type: 'set_note', note: 'n', set: { owner: 'Karim' } };
  const kept = { edit_id: 'a', edit, at: desk.clock.now(), epoch: 1, order: 0 };
  await done(open<BoardEdit>('tab-1', 'board').put(kept));
  const ann = desk.join('ann', { outbox: open('tab-2') });
  await rest();
  expect([desk.server.log, ann.replica.orphans]).toEqual([[], []]);
  expect(await done(open<BoardEdit>('tab-3', 'board').adopt())).toMatchObject([{ edit_id: 'a' }]);
});

test('words of another epoch are offered once for each thing written, the last ones, and sent if their author says so', async () => {
  const typed: DraftEdit[] = [
    named('one', 'Rappeler'),
    { type: 'accept_lines', lines: ['two'] },
    named('one', 'Rappeler vite'),
    { type: 'add_comment', comment: 'c1', line: 'one', text: 'Qui ?' },
    { type: 'set_comment', comment: 'c1', text: 'Qui décide ?' },
    { type: 'set_line', line: 'two', set: { probability: 30 } },
  ];
  const first = open('tab-1');
  for (const [order, edit] of typed.entries()) {
    const entry: Entry<DraftEdit> = { edit_id: `e${order}`, edit, at: desk.clock.now(), epoch: 0, order };
    await done(first.put(entry));
  }
  const ann = desk.join('ann', { outbox: open('tab-2'), role: 'facilitator' });
  await rest();
  expect(desk.server.log).toEqual([]);
  expect(ann.replica.orphans.map(({ edit }) => edit)).toEqual([
    named('one', 'Rappeler vite'),
    { type: 'add_comment', comment: 'c1', line: 'one', text: 'Qui décide ?' },
  ]);
  for (const { edit_id } of ann.replica.orphans) ann.replica.resume(edit_id);
  await rest();
  expect(desk.server.value.line('one')?.set).toEqual({ label: 'Rappeler vite' });
  expect([desk.server.value.comment('c1')?.text, ann.replica.orphans]).toEqual(['Qui décide ?', []]);
});
