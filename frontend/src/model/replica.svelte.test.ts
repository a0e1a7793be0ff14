import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BoardEdit } from '../wire/types.gen';
import type { Events } from './replica.svelte';
import { World, note } from './testing/world';
import type { Browser } from './testing/world';

let world: World;
let ann: Browser;
let bob: Browser;

beforeEach(() => {
  world = new World([note('n1', { text: 'délai long' }), note('n2', { text: 'réseau', stage: 'B' })]);
  ann = world.join('ann');
  bob = world.join('bob');
  world.flush();
});

const add = (id: string, text = ''): BoardEdit => ({
  type: 'add_notes',
  notes: [{ id, text }],
  place: { stage: 'A', channel: 'X' },
});
const write = (id: string, text: string, base: string): BoardEdit => ({
  type: 'set_note_text',
  note: id,
  text,
  base,
});

function told<E extends keyof Events>(browser: Browser, event: E): Events[E][] {
  const heard: Events[E][] = [];
  browser.replica.on(event, (detail) => heard.push(detail));
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
  test('shows at once, is said to be on its way, then is saved', () => {
    const { replica } = ann;
    replica.edit(add('new-note', 'facture en double'));
    expect(replica.cell('A', 'X')).toEqual(['n1', 'new-note']);
    expect(replica.note('new-note')?.text).toBe('facture en double');
    expect([replica.state, replica.pending, replica.isPending('new-note')]).toEqual(['saving', 1, true]);
    world.flush();
    expect([replica.state, replica.pending, replica.isPending('new-note')]).toEqual(['saved', 0, false]);
    expect(bob.replica.note('new-note')?.text).toBe('facture en double');
  });

  test('is guessed again over what others did first', () => {
    ann.replica.edit(write('n1', 'délai trop long', 'délai long'));
    world.server.do({ type: 'set_note', note: 'n1', set: { kind: 'irritant' } });
    ann.line.deliver();
    ann.frame();
    expect([ann.replica.note('n1')?.text, ann.replica.note('n1')?.kind]).toEqual([
      'délai trop long',
      'irritant',
    ]);
  });

  test('counts once when its acknowledgement was lost and it is sent again', () => {
    ann.replica.edit(add('new-note'));
    world.server.take(ann.line);
    ann.line.cut();
    expect(ann.replica.state).toBe('reconnecting');
    world.clock.pass(300);
    world.flush();
    expect(world.server.log).toHaveLength(1);
    expect([ann.replica.state, ann.replica.pending]).toEqual(['saved', 0]);
  });

  test('said to be recorded ahead of its revision stays shown until that comes', () => {
    ann.replica.edit(add('new-note'));
    const { edit_id } = JSON.parse(ann.line.up.at(-1) ?? '') as { edit_id: string };
    ann.line.say({ type: 'settled', edit_id, seq: 1 });
    ann.line.deliver();
    ann.frame();
    expect([ann.replica.pending, ann.replica.cell('A', 'X')]).toEqual([1, ['n1', 'new-note']]);
    world.flush();
    expect([ann.replica.pending, ann.replica.cell('A', 'X')]).toEqual([0, ['n1', 'new-note']]);
  });

  test('made without a line waits, is said to wait, and goes when the line is back', () => {
    ann.line.cut();
    ann.replica.hint('offline');
    ann.replica.edit(add('one'));
    ann.replica.edit(add('two'));
    expect([ann.replica.state, ann.replica.pending]).toEqual(['offline', 2]);
    expect(ann.replica.cell('A', 'X')).toEqual(['n1', 'one', 'two']);
    ann.replica.hint('online');
    world.flush();
    expect([ann.replica.state, bob.replica.cell('A', 'X')]).toEqual(['saved', ['n1', 'one', 'two']]);
  });

  test('without effect is settled and leaves nothing to undo', () => {
    ann.replica.edit({ type: 'set_note', note: 'n1', set: { owner: '' } });
    expect(ann.replica.canUndo).toBe(true);
    world.flush();
    expect([ann.replica.pending, ann.replica.canUndo]).toEqual([0, false]);
  });

  test('never overtakes an earlier one, and only so many are in flight', () => {
    for (let i = 0; i < 100; i++) ann.replica.edit(add(`note-${i}`));
    expect(ann.line.up.length).toBeLessThanOrEqual(33);
    world.flush();
    expect(world.server.log.map((revision) => revision.changes.length)).toEqual(Array(100).fill(1));
    expect(ann.replica.cell('A', 'X').slice(1)).toEqual(Array.from({ length: 100 }, (_, i) => `note-${i}`));
  });
});

test('a paste too big for one frame goes as several, in order, and is undone at once', () => {
  const notes = Array.from({ length: 700 }, (_, i) => ({
    id: `pasted-${i}`,
    text: `${i} ${'é'.repeat(80)}`,
  }));
  ann.replica.edit({ type: 'add_notes', notes, place: { stage: 'B', channel: 'Y' } });
  world.flush();
  expect(world.server.log.length).toBeGreaterThan(1);
  expect(bob.replica.cell('B', 'Y')).toEqual(notes.map(({ id }) => id));
  ann.replica.undo();
  world.flush();
  expect([bob.replica.cell('B', 'Y'), ann.replica.canUndo]).toEqual([[], false]);
  ann.replica.redo();
  world.flush();
  ann.replica.edit({ type: 'remove_notes', notes: notes.map(({ id }) => id) });
  world.flush();
  expect(bob.replica.binned).toHaveLength(700);
});

describe('a refusal', () => {
  test('takes the guess off the screen and says why', () => {
    const refused = told(ann, 'refused');
    world.server.refuse.push('limit_reached');
    ann.replica.edit(add('new-note'));
    world.flush();
    expect(ann.replica.cell('A', 'X')).toEqual(['n1']);
    expect(ann.replica.note('new-note')).toBeUndefined();
    expect(refused.map(({ code, edit }) => [code, edit.type])).toEqual([['limit_reached', 'add_notes']]);
    expect(ann.replica.canUndo).toBe(false);
  });

  test('of words gives the words back, once, the last ones', () => {
    const lost = told(ann, 'text-lost');
    world.server.do({ type: 'remove_notes', notes: ['n1'] });
    ann.replica.edit(write('n1', 'délai trop long', 'délai long'));
    ann.replica.edit(write('n1', 'délai trop long le lundi', 'délai trop long'));
    world.flush();
    expect(lost).toEqual([{ noteId: 'n1', text: 'délai trop long le lundi' }]);
    expect(ann.replica.binned).toEqual(['n1']);
  });

  test('of a note gives back its last words, once', () => {
    const lost = told(ann, 'text-lost');
    world.server.refuse.push('limit_reached');
    ann.replica.edit(add('one', 'premiers'));
    ann.replica.edit(write('one', 'premiers mots', 'premiers'));
    world.flush();
    world.clock.pass(2_000);
    world.flush();
    expect(lost).toEqual([{ noteId: 'one', text: 'premiers mots' }]);
  });

  test.each(['too_fast', 'storage'] as const)('%s only postpones, in order', (code) => {
    const refused = told(ann, 'refused');
    world.server.refuse.push(code, code);
    ann.replica.edit(add('one'));
    ann.replica.edit(write('one', 'deux mots', ''));
    world.flush();
    expect(ann.replica.pending).toBeGreaterThan(0);
    world.clock.pass(1_000);
    world.flush();
    expect([ann.replica.pending, refused]).toEqual([0, []]);
    expect(bob.replica.note('one')?.text).toBe('deux mots');
  });

  test('of a note whose making was postponed is not believed', () => {
    const lost = told(ann, 'text-lost');
    world.server.refuse.push('too_fast');
    ann.replica.edit(add('one'));
    ann.replica.edit(write('one', 'mots', ''));
    world.flush();
    world.clock.pass(1_000);
    world.flush();
    expect([bob.replica.note('one')?.text, lost]).toEqual(['mots', []]);
  });
});

describe('what others do', () => {
  test('repaints only what changed', () => {
    const text = watched(() => ann.replica.note('n1')?.text);
    const kind = watched(() => ann.replica.note('n1')?.kind);
    const other = watched(() => ann.replica.note('n2')?.record);
    const cell = watched(() => ann.replica.cell('A', 'X'));
    const otherCell = watched(() => ann.replica.cell('B', 'Y'));
    world.server.do(write('n1', 'délai très long', 'délai long'));
    world.flush();
    expect([text, kind, other, cell, otherCell].map((seen) => seen.times)).toEqual([2, 1, 1, 1, 1]);
    world.server.do({ type: 'move_notes', notes: ['n1'], place: { stage: 'B', channel: 'Y' } });
    world.flush();
    expect([text, kind, other, cell, otherCell].map((seen) => seen.times)).toEqual([2, 1, 1, 2, 2]);
    for (const seen of [text, kind, other, cell, otherCell]) seen.stop();
  });

  test('is painted once a frame, however much came', () => {
    const cell = watched(() => ann.replica.cell('A', 'X'));
    for (let i = 0; i < 50; i++) world.server.do(add(`note-${i}`));
    ann.line.deliver();
    expect(cell.times).toBe(1);
    expect(ann.replica.cell('A', 'X')).toHaveLength(1);
    ann.frame();
    expect(cell.times).toBe(2);
    expect(ann.replica.cell('A', 'X')).toHaveLength(51);
    cell.stop();
  });

  test('who asks for a note before it exists is told when it comes', () => {
    const seen = watched(() => ann.replica.note('later')?.text);
    world.server.do(add('later', 'bonjour'));
    world.flush();
    expect([seen.times, ann.replica.note('later')?.text]).toEqual([2, 'bonjour']);
    seen.stop();
  });

  test('shows in the grid: stages, channels, empty cells, links, the parking and the bin', () => {
    world.server.do({ type: 'add_stage', stage: 'C', name: 'Usage', before: 'B' });
    world.server.do({ type: 'declare_empty', stage: 'C', channel: 'Y', empty: true });
    world.server.do({ type: 'add_link', link: 'link-1', kind: 'resolves', source: 'n2', target: 'n1' });
    world.server.do({ type: 'set_board', set: { title: 'Abonnement' } });
    world.flush();
    const { replica } = ann;
    expect(replica.stages.map((stage) => stage.id)).toEqual(['A', 'C', 'B']);
    expect(replica.info.title).toBe('Abonnement');
    expect([replica.gap('C', 'Y'), replica.gap('C', 'X')]).toEqual([true, false]);
    expect(replica.linksOf('n1').map((link) => link.id)).toEqual(['link-1']);
    world.server.do({ type: 'move_notes', notes: ['n1'], place: { stage: 'C', channel: 'Y' } });
    world.flush();
    expect([replica.gap('C', 'Y'), replica.cell('C', 'Y')]).toEqual([false, ['n1']]);
    world.server.do({ type: 'remove_stage', stage: 'C' });
    world.server.do({ type: 'remove_notes', notes: ['n2'] });
    world.flush();
    expect([replica.parked, replica.cell('C', 'Y'), replica.binned]).toEqual([['n1'], [], ['n2']]);
  });

  test('changes the order in a cell', () => {
    world.server.do(add('n3'));
    world.flush();
    const before = ann.replica.cell('A', 'X');
    world.server.do({ type: 'move_notes', notes: ['n3'], place: { stage: 'A', channel: 'X', before: 'n1' } });
    world.flush();
    expect([before, ann.replica.cell('A', 'X')]).toEqual([
      ['n1', 'n3'],
      ['n3', 'n1'],
    ]);
  });

  test('heard twice counts once and disturbs nothing', () => {
    world.server.do(add('one'));
    ann.line.down.push(...ann.line.down);
    world.flush();
    expect([ann.lines.length, ann.replica.cell('A', 'X')]).toEqual([1, ['n1', 'one']]);
  });

  test('a cell that comes with a new stage is alive for who already looks at it', () => {
    const cell = watched(() => ann.replica.cell('C', 'X'));
    world.server.do({ type: 'add_stage', stage: 'C', name: 'Usage' });
    world.flush();
    world.server.do({ type: 'move_notes', notes: ['n1'], place: { stage: 'C', channel: 'X' } });
    world.flush();
    expect([ann.replica.cell('C', 'X'), cell.times > 1]).toEqual([['n1'], true]);
    cell.stop();
  });

  test('their people and places are known', () => {
    bob.replica.here({ stage: 'A', channel: 'X', note: 'n1', doing: 'writing' });
    expect(JSON.parse(bob.line.up.at(-1) ?? '')).toMatchObject({ type: 'here', note: 'n1' });
    ann.line.say({ type: 'people', people: [{ id: 'bob', name: 'Bob Martin', team: 'Ventes' }] });
    ann.line.say({
      type: 'presence',
      seen: [
        { connection: 'c1', person: 'bob', stage: 'A', channel: 'X', note: 'n1', doing: 'writing' },
        { connection: 'c2', person: 'ann', stage: 'B', channel: 'X' },
      ],
    });
    ann.line.deliver();
    const { replica } = ann;
    expect(replica.presence.map((seen) => seen.person)).toEqual(['bob']);
    expect(replica.presenceIn('A', 'X')).toHaveLength(1);
    expect(replica.writerOf('n1')?.name).toBe('Bob Martin');
    ann.line.say({ type: 'presence', seen: [{ connection: 'c1', person: 'bob', gone: true }] });
    ann.line.deliver();
    expect([replica.presence, replica.writerOf('n1')]).toEqual([[], undefined]);
    ann.line.say({ type: 'presence', seen: [{ connection: 'c1', person: 'bob', stage: 'A' }] });
    ann.line.say({
      ...world.server.welcome(ann.person, false),
      here: [{ connection: 'c3', person: 'bob', stage: 'B' }],
    });
    ann.line.deliver();
    expect(replica.presence.map((seen) => seen.stage)).toEqual(['B']);
  });

  test('where I am is told a few times a second at most, and again on a new line', () => {
    const told = (): number => ann.line.up.filter((text) => text.includes('"here"')).length;
    for (let i = 0; i < 20; i++) ann.replica.here({ stage: i % 2 ? 'A' : 'B' });
    expect(told()).toBe(1);
    world.clock.pass(250);
    expect(told()).toBe(2);
    ann.line.cut();
    world.clock.pass(300);
    ann.line.open();
    ann.line.say(world.server.welcome(ann.person, false));
    ann.line.deliver();
    world.clock.pass(250);
    expect(told()).toBe(1);
  });
});

describe('a missing revision', () => {
  test('is asked for again from the last one seen', () => {
    world.server.do(add('one'));
    ann.line.down.length = 0;
    world.server.do(add('two'));
    ann.line.deliver();
    world.clock.pass(300);
    world.flush();
    expect(ann.lines).toHaveLength(2);
    expect(ann.replica.cell('A', 'X')).toEqual(['n1', 'one', 'two']);
  });

  test('at the very end is found by the second beat', () => {
    world.server.do(add('one'));
    ann.line.down.length = 0;
    ann.line.say({ type: 'beat', seq: 1 });
    ann.line.deliver();
    expect(ann.replica.state).toBe('saved');
    ann.line.say({ type: 'beat', seq: 1 });
    ann.line.deliver();
    world.clock.pass(300);
    world.flush();
    expect(ann.replica.cell('A', 'X')).toEqual(['n1', 'one']);
  });
});

describe('undo', () => {
  test('takes back my last edit and no other, and redo makes it again', () => {
    ann.replica.edit({ type: 'set_note', note: 'n1', set: { kind: 'irritant' } });
    world.flush();
    bob.replica.edit({ type: 'set_note', note: 'n1', set: { emotion: -2 } });
    world.flush();
    expect([ann.replica.canUndo, ann.replica.canRedo]).toEqual([true, false]);
    ann.replica.undo();
    expect([ann.replica.note('n1')?.kind, ann.replica.note('n1')?.emotion]).toEqual([null, -2]);
    world.flush();
    expect([bob.replica.note('n1')?.kind, bob.replica.note('n1')?.emotion]).toEqual([null, -2]);
    expect([ann.replica.canUndo, ann.replica.canRedo]).toEqual([false, true]);
    ann.replica.redo();
    world.flush();
    expect([bob.replica.note('n1')?.kind, ann.replica.canUndo]).toEqual(['irritant', true]);
  });

  test('of an edit that is still on its way is shown at once', () => {
    ann.replica.edit(add('new-note', 'mots'));
    ann.replica.undo();
    expect(ann.replica.cell('A', 'X')).toEqual(['n1']);
    world.flush();
    expect(bob.replica.binned).toEqual(['new-note']);
  });

  test('takes back a burst of typing as one', () => {
    ann.replica.edit({ type: 'set_note', note: 'n2', set: { owner: 'Karim' } });
    ann.replica.edit(write('n1', 'délai trop long', 'délai long'), 'burst');
    ann.replica.edit(write('n1', 'délai trop long ici', 'délai trop long'), 'burst');
    world.flush();
    ann.replica.undo();
    world.flush();
    expect([bob.replica.note('n1')?.text, bob.replica.note('n2')?.owner]).toEqual(['délai long', 'Karim']);
    ann.replica.redo();
    world.flush();
    expect(bob.replica.note('n1')?.text).toBe('délai trop long ici');
  });

  test('of an edit that is refused meanwhile says nothing more', () => {
    const refused = told(ann, 'refused');
    world.server.refuse.push('limit_reached');
    ann.replica.edit(add('one'));
    ann.replica.undo();
    world.flush();
    expect([refused.length, ann.replica.canUndo, ann.replica.canRedo]).toEqual([1, false, false]);
  });

  test('a new edit ends what could be made again', () => {
    ann.replica.edit(add('one'));
    ann.replica.undo();
    ann.replica.edit(add('two'));
    expect([ann.replica.canUndo, ann.replica.canRedo]).toEqual([true, false]);
  });
});

describe('another epoch', () => {
  function restore(): void {
    world.server.epoch += 1;
    world.server.log.length = 0;
    for (const { line } of world.server.lines) if (!line.isClosed) line.cut();
  }

  test('replaces what was known, and asks before sending words again', () => {
    const offered = told(ann, 'orphans');
    ann.line.cut();
    ann.replica.edit(write('n1', 'délai trop long', 'délai long'));
    ann.replica.edit({ type: 'set_note', note: 'n1', set: { kind: 'irritant' } });
    restore();
    world.clock.pass(11_000);
    world.flush();
    expect([ann.replica.note('n1')?.text, ann.replica.pending]).toEqual(['délai long', 0]);
    expect(world.server.log).toEqual([]);
    expect(offered[0]?.edits.map(({ edit }) => edit)).toEqual([write('n1', 'délai trop long', 'délai long')]);
    expect(ann.replica.orphans).toHaveLength(1);
    ann.replica.resume(ann.replica.orphans[0]?.edit_id ?? '');
    world.flush();
    expect([bob.replica.note('n1')?.text, ann.replica.orphans]).toEqual(['délai trop long', []]);
  });

  test('words whose note is gone come back as a note of their own, if their author says so', () => {
    ann.line.cut();
    ann.replica.edit(add('new-note'));
    ann.replica.edit(write('new-note', 'premiers mots', ''));
    ann.replica.edit(write('gone', 'autres mots', 'autres'));
    restore();
    world.clock.pass(11_000);
    world.flush();
    expect(ann.replica.orphans).toHaveLength(2);
    for (const { edit_id } of ann.replica.orphans) ann.replica.resume(edit_id);
    world.flush();
    expect(bob.replica.note('new-note')?.text).toBe('premiers mots');
    expect(bob.replica.parked.map((id) => bob.replica.note(id)?.text)).toEqual(['autres mots']);
  });

  test('declined words are never sent', () => {
    ann.line.cut();
    ann.replica.edit(write('n1', 'délai trop long', 'délai long'));
    restore();
    world.clock.pass(11_000);
    world.flush();
    ann.replica.discard(ann.replica.orphans[0]?.edit_id ?? '');
    world.flush();
    expect([ann.replica.orphans, world.server.log]).toEqual([[], []]);
  });
});

test('what one may do follows the role and the lock', () => {
  expect([ann.replica.may('add_note'), ann.replica.may('shape_grid')]).toEqual([true, false]);
  const lead = world.join('lead', { role: 'facilitator' });
  world.flush();
  expect(lead.replica.may('shape_grid')).toBe(true);
  world.server.do({ type: 'set_board', set: { locked: true } });
  world.flush();
  expect([ann.replica.may('add_note'), lead.replica.may('add_note'), lead.replica.may('set_board')]).toEqual([
    false,
    false,
    true,
  ]);
});

test('another role given to me while I am here counts at once', () => {
  ann.line.say({ type: 'people', people: [{ ...ann.person, role: 'facilitator' }] });
  ann.line.deliver();
  expect(ann.replica.may('shape_grid')).toBe(true);
});

test('an effect that edits does not wake itself', () => {
  let ran = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      ran += 1;
      ann.replica.edit(add(`note-${ran}`));
    });
  });
  flushSync();
  world.flush();
  flushSync();
  expect([ran, bob.replica.cell('A', 'X')]).toEqual([1, ['n1', 'note-1']]);
  stop();
});

test('being sent away for good is said, and edits are kept', () => {
  ann.line.say({ type: 'bye', code: 'no_session', again: false });
  ann.line.deliver();
  expect([ann.replica.state, ann.replica.stoppedBy]).toEqual(['stopped', 'no_session']);
  ann.replica.edit(add('new-note'));
  expect(ann.replica.pending).toBe(1);
});

test('ready is said after the first welcome', () => {
  const late = world.join('late');
  expect([late.replica.ready, late.replica.state]).toEqual([false, 'saved']);
  world.flush();
  expect(late.replica.ready).toBe(true);
});
