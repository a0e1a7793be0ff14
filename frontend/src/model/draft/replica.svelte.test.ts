import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DraftEdit } from '../../wire/types.gen';
import { Desk, line } from '../testing/desk';
import type { Seat } from '../testing/world';
import type { DraftEvents, DraftReplica } from './replica.svelte';

let desk: Desk;
let lead: Seat<DraftReplica>;
let ann: Seat<DraftReplica>;

beforeEach(() => {
  desk = new Desk([line('one'), line('two'), line('three', { rank: 'W' })]);
  lead = desk.join('lead', { role: 'facilitator' });
  ann = desk.join('ann');
  desk.flush();
});

const named = (id: string, label: string): DraftEdit => ({ type: 'set_line', line: id, set: { label } });
const accepted = (...lines: string[]): DraftEdit => ({ type: 'accept_lines', lines });

function told<K extends keyof DraftEvents>(seat: Seat<DraftReplica>, event: K): DraftEvents[K][] {
  const heard: DraftEvents[K][] = [];
  seat.replica.on(event, (detail) => heard.push(detail));
  return heard;
}

/** How often `read` runs again, as a view would. */
function watched(read: () => unknown): { readonly times: number; stop: () => void } {
  let times = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      read();
      times += 1;
    });
  });
  flushSync();
  return {
    get times() {
      flushSync();
      return times;
    },
    stop,
  };
}

describe('my own edit', () => {
  test('shows at once, is said to be on its way, then is saved for everybody', () => {
    const { replica } = lead;
    replica.edit(named('one', 'Rappeler'));
    const shown = replica.line('one');
    expect([shown?.label, shown?.edited, shown?.pending]).toEqual(['Rappeler', true, true]);
    expect([replica.state, replica.pending]).toEqual(['saving', 1]);
    desk.flush();
    expect([replica.state, replica.pending, shown?.pending]).toEqual(['saved', 0, false]);
    expect(ann.replica.line('one')?.label).toBe('Rappeler');
    expect(ann.replica.line('one')?.record.proposal).toEqual({ label: 'Relancer one', team: 'SAV' });
  });

  test('made without a line waits, in order, and goes when the line is back', () => {
    lead.line.cut();
    lead.replica.hint('offline');
    lead.replica.edit({ type: 'add_line', line: 'added', section: 'workflows', set: { label: 'Saluer' } });
    lead.replica.edit(named('added', 'Saluer tout le monde'));
    lead.replica.edit(accepted('two'));
    expect([lead.replica.state, lead.replica.pending]).toEqual(['offline', 3]);
    expect(lead.replica.lines('workflows')).toEqual(['one', 'two', 'three', 'added']);
    expect(lead.replica.line('added')?.label).toBe('Saluer tout le monde');
    lead.replica.hint('online');
    desk.flush();
    expect([lead.replica.state, ann.replica.line('added')?.label]).toEqual(['saved', 'Saluer tout le monde']);
    expect(ann.replica.line('two')?.standing).toBe('validated');
  });

  test('that is refused leaves the screen as it was, and says why', () => {
    const refused = told(lead, 'refused');
    desk.proposes('one', { gone: true });
    lead.replica.edit(accepted('one'));
    expect(lead.replica.line('one')?.standing).toBe('validated');
    desk.flush();
    expect(lead.replica.line('one')?.standing).toBe('conflict');
    expect(refused.map(({ code, edit }) => [code, edit.type])).toEqual([['unsettled', 'accept_lines']]);
    expect(lead.replica.canUndo).toBe(false);
  });

  test('whose line is gone gives its words back, the last ones', () => {
    const lost = told(lead, 'text-lost');
    desk.server.record([{ type: 'remove', was: line('one') }]);
    lead.replica.edit(named('one', 'Rappeler'));
    lead.replica.edit(named('one', 'Rappeler vite'));
    desk.flush();
    expect(lost).toEqual([{ id: 'one/label', text: 'Rappeler vite' }]);
    expect(lead.replica.line('one')).toBeUndefined();
  });

  test('on more lines than one edit holds goes as several, undone at once', () => {
    const many = Array.from({ length: 700 }, (_, i) => line(`many-${i}`, { section: 'fields' }));
    desk.server.record(many.map((record) => ({ type: 'put', record })));
    desk.flush();
    lead.replica.edit(accepted(...many.map(({ id }) => id)));
    desk.flush();
    expect(ann.replica.count('fields').reviewed).toBe(700);
    lead.replica.undo();
    desk.flush();
    expect([ann.replica.count('fields').reviewed, lead.replica.canUndo]).toEqual([0, false]);
  });
});

describe('what the wall says later', () => {
  test('of a decided attribute is a conflict, until it is settled; the decision stands meanwhile', () => {
    lead.replica.edit(named('one', 'Rappeler'));
    desk.flush();
    desk.proposes('one', { proposal: { label: 'Relancer vite', team: 'SAV' } });
    desk.flush();
    const shown = ann.replica.line('one');
    expect([shown?.standing, shown?.conflicts, shown?.label]).toEqual(['conflict', ['label'], 'Rappeler']);
    expect(ann.replica.progress.conflicts).toBe(1);
    lead.replica.edit({ type: 'settle_conflict', line: 'one', name: 'label', keep: 'wall' });
    desk.flush();
    expect([shown?.standing, shown?.conflicts, shown?.label]).toEqual(['proposed', [], 'Relancer vite']);
    expect(ann.replica.progress.conflicts).toBe(0);
  });

  test('comes to an edit of mine that is still on its way', () => {
    lead.replica.edit(named('one', 'Rappeler'));
    desk.proposes('one', { proposal: { label: 'Relancer one', team: 'Ventes' } });
    lead.line.deliver();
    lead.frame();
    expect(lead.replica.line('one')?.values).toEqual({ label: 'Rappeler', team: 'Ventes' });
  });
});

describe('lines', () => {
  test('are in their order, steps by their pipeline, and are found by the id of the specification', () => {
    desk.server.record([
      { type: 'put', record: line('pipe', { section: 'pipelines' }) },
      { type: 'put', record: line('step', { section: 'steps', parent: 'pipe' }) },
    ]);
    desk.flush();
    const { replica } = lead;
    expect([replica.lines('pipelines'), replica.lines('steps', 'pipe'), replica.lines('steps')]).toEqual([
      ['pipe'],
      ['step'],
      [],
    ]);
    replica.edit({ type: 'move_line', line: 'three', before: 'one' });
    expect(replica.lines('workflows')).toEqual(['three', 'one', 'two']);
    expect(replica.byItem('workflows.two')?.id).toBe('two');
  });

  test('that are merged give their sources to the one that takes them, and back', () => {
    desk.proposes('one', { sources: [{ board: 'b', note: 'n1' }] });
    desk.proposes('two', { sources: [{ board: 'b', note: 'n2' }] });
    desk.flush();
    lead.replica.edit({ type: 'merge_lines', lines: ['two'], into: 'one' });
    desk.flush();
    const taker = ann.replica.line('one');
    expect(taker?.merged).toEqual(['two']);
    expect(taker?.sources.map(({ note }) => note)).toEqual(['n1', 'n2']);
    expect(ann.replica.line('two')?.standing).toBe('merged');
    desk.proposes('two', { sources: [{ board: 'b', note: 'n3' }] });
    desk.flush();
    expect(taker?.sources.map(({ note }) => note)).toEqual(['n1', 'n3']);
    lead.replica.undo();
    desk.flush();
    expect([taker?.merged, taker?.sources.map(({ note }) => note)]).toEqual([[], ['n1']]);
  });

  test('are counted, those set aside as reviewed', () => {
    lead.replica.edit(accepted('one'));
    lead.replica.edit({ type: 'reject_lines', lines: ['two'], why: 'Doublon' });
    expect(lead.replica.count('workflows')).toEqual({ total: 3, reviewed: 2, open: 1, conflicts: 0 });
    expect(lead.replica.progress).toEqual({ total: 3, reviewed: 2, conflicts: 0 });
    desk.server.record([{ type: 'remove', was: line('three') }]);
    desk.flush();
    expect(ann.replica.progress).toEqual({ total: 2, reviewed: 2, conflicts: 0 });
  });

  test('repaint alone, and lists only when their order changes', () => {
    const { replica } = ann;
    const label = watched(() => replica.line('one')?.label);
    const standing = watched(() => replica.line('one')?.standing);
    const other = watched(() => replica.line('two')?.record);
    const list = watched(() => replica.lines('workflows'));
    const count = watched(() => replica.count('workflows'));
    const later = watched(() => replica.line('later')?.label);
    const all = (): number[] => [label, standing, other, list, count, later].map((seen) => seen.times);
    desk.server.do(named('one', 'Rappeler'));
    desk.flush();
    expect(all()).toEqual([2, 1, 1, 1, 1, 1]);
    desk.server.do(accepted('one'));
    desk.flush();
    expect(all()).toEqual([2, 2, 1, 1, 2, 1]);
    desk.server.record([{ type: 'put', record: line('later', { rank: 'X' }) }]);
    desk.flush();
    expect(all()).toEqual([2, 2, 1, 2, 3, 2]);
    for (const seen of [label, standing, other, list, count, later]) seen.stop();
  });
});

test('who looks at one line is told when it goes, and when it is back', () => {
  const seen: (string | undefined)[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(ann.replica.line('added')?.label));
  });
  const add: DraftEdit = { type: 'add_line', line: 'added', section: 'workflows', set: { label: 'Saluer' } };
  for (const act of [
    () => lead.replica.edit(add),
    () => lead.replica.edit({ type: 'remove_line', line: 'added' }),
    () => lead.replica.undo(),
  ]) {
    flushSync();
    act();
    desk.flush();
  }
  flushSync();
  expect(seen).toEqual([undefined, 'Saluer', undefined, 'Saluer']);
  stop();
});

describe('undo', () => {
  test('takes back my last decision and no other, and redo makes it again', () => {
    lead.replica.edit({ type: 'set_line', line: 'one', set: { label: 'Rappeler' } });
    desk.flush();
    desk.server.do({ type: 'set_line', line: 'one', set: { team: 'Accueil' } });
    desk.flush();
    lead.replica.undo();
    expect(lead.replica.line('one')?.values).toEqual({ label: 'Relancer one', team: 'Accueil' });
    desk.flush();
    expect(ann.replica.line('one')?.values).toEqual({ label: 'Relancer one', team: 'Accueil' });
    lead.replica.redo();
    desk.flush();
    expect(ann.replica.line('one')?.label).toBe('Rappeler');
  });

  test('never takes back the opening of a frozen draft', () => {
    desk.server.record([{ type: 'put', record: { type: 'draft', frozen: true } }]);
    desk.flush();
    expect(lead.replica.info.frozen).toBe(true);
    lead.replica.edit({ type: 'reopen' });
    desk.flush();
    expect([ann.replica.info.frozen, ann.replica.info.number, lead.replica.canUndo]).toEqual([
      false,
      2,
      false,
    ]);
  });
});

describe('remarks', () => {
  const said = (comment: string, text: string): DraftEdit => ({
    type: 'add_comment',
    comment,
    line: 'one',
    text,
  });

  test('are there for everybody, oldest first, on their line alone', () => {
    const other = watched(() => lead.replica.comments('two'));
    const mine = watched(() => lead.replica.comments('one'));
    ann.replica.edit(said('c1', 'Qui décide ?'));
    desk.flush();
    lead.replica.edit(said('c2', 'Karim'));
    desk.flush();
    expect(ann.replica.comments('one').map(({ author, text }) => [author, text])).toEqual([
      ['ann', 'Qui décide ?'],
      ['lead', 'Karim'],
    ]);
    expect([other.times, mine.times > 1]).toEqual([1, true]);
    lead.replica.edit({ type: 'settle_comment', comment: 'c1', settled: true });
    expect(lead.replica.comments('one')[0]?.settled).toBe(true);
    ann.replica.edit({ type: 'remove_comment', comment: 'c1' });
    desk.flush();
    expect(lead.replica.comments('one').map(({ id }) => id)).toEqual(['c2']);
    other.stop();
    mine.stop();
  });

  test('of others are not mine to change', () => {
    ann.replica.edit(said('c1', 'Qui décide ?'));
    desk.flush();
    const refused = told(lead, 'refused');
    lead.replica.edit({ type: 'set_comment', comment: 'c1', text: 'Moi' });
    expect(lead.replica.comments('one')[0]?.text).toBe('Qui décide ?');
    desk.flush();
    expect(refused.map(({ code }) => code)).toEqual(['not_yours']);
  });

  test('whose line is gone give their words back', () => {
    const lost = told(ann, 'text-lost');
    desk.server.record([{ type: 'remove', was: line('one') }]);
    ann.replica.edit(said('c1', 'Qui décide ?'));
    desk.flush();
    expect(lost).toEqual([{ id: 'c1', text: 'Qui décide ?' }]);
  });
});

test('who is on a line is known, on that line alone', () => {
  const other = watched(() => lead.replica.presenceOn('two'));
  ann.replica.here({ note: 'one', doing: 'writing' });
  expect(JSON.parse(ann.line.up.at(-1) ?? '')).toMatchObject({ type: 'here', note: 'one' });
  lead.line.say({
    type: 'presence',
    seen: [{ connection: 'c1', person: 'ann', note: 'one', doing: 'writing' }],
  });
  lead.line.deliver();
  expect(lead.replica.presenceOn('one').map((seen) => lead.replica.person(seen.person)?.name)).toEqual([
    'ann',
  ]);
  lead.line.say({ type: 'presence', seen: [{ connection: 'c1', person: 'ann', gone: true }] });
  lead.line.deliver();
  expect([lead.replica.presenceOn('one'), other.times]).toEqual([[], 1]);
  other.stop();
});

test('what one may do follows the role, and a frozen draft only takes remarks', () => {
  const rights = (replica: DraftReplica): boolean[] =>
    (['review', 'comment', 'freeze', 'approve', 'undo'] as const).map((action) => replica.may(action));
  const eve = desk.join('eve', { role: 'observer' });
  desk.flush();
  expect(rights(lead.replica)).toEqual([true, true, true, true, true]);
  expect(rights(ann.replica)).toEqual([false, true, false, true, true]);
  expect(rights(eve.replica)).toEqual([false, false, false, false, false]);
  desk.server.record([{ type: 'put', record: { type: 'draft', frozen: true } }]);
  desk.flush();
  expect(rights(lead.replica)).toEqual([false, true, true, true, false]);
  expect(rights(ann.replica)).toEqual([false, true, false, true, false]);
});
