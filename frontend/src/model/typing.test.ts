// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { Draft, Shown } from './typing';
import { World, note } from './testing/world';
import type { Browser } from './testing/world';

let world: World;
let ann: Browser;
let bob: Browser;
let shown: Shown[];
let draft: Draft;

beforeEach(() => {
  world = new World([note('n1', { text: 'délai' }), note('n2', { text: 'x'.repeat(2_100) })]);
  ann = world.join('ann');
  bob = world.join('bob');
  world.flush();
  shown = [];
  draft = ann.replica.draft('n1', (text) => shown.push(text));
});

const type = (text: string, to: Draft = draft): void => to.input(text, text.length, text.length);
const commits = (): string[] =>
  [...ann.line.up].map((text) => (JSON.parse(text) as { edit: { text: string } }).edit.text);

describe('what is typed is committed', () => {
  test('at a pause', () => {
    type('délai l');
    world.clock.pass(399);
    expect(commits()).toEqual([]);
    world.clock.pass(1);
    expect(commits()).toEqual(['délai l']);
  });

  test('every two seconds at most when no pause comes', () => {
    let text = 'délai ';
    for (let i = 0; i < 21; i++) {
      type((text += 'o'));
      world.clock.pass(100);
    }
    expect(commits()).toEqual(['délai ' + 'o'.repeat(20)]);
  });

  test('on blur, and once', () => {
    type('délai long');
    expect(draft.close()).toBeNull();
    world.clock.pass(5_000);
    expect(commits()).toEqual(['délai long']);
  });

  test('when the page goes away', () => {
    type('délai long');
    ann.replica.leave();
    expect(commits()).toEqual(['délai long']);
  });

  test('and what is set apart is undone apart, however quick the hands', () => {
    type('Signature du bail');
    draft.apart();
    type('Je signe le bail');
    draft.apart();
    world.flush();
    ann.replica.undo();
    world.flush();
    expect(ann.replica.note('n1')?.text).toBe('Signature du bail');
    ann.replica.undo();
    world.flush();
    expect(ann.replica.note('n1')?.text).toBe('délai');
  });

  test('before an undo, so that the undo is of what one sees', () => {
    type('délai long');
    ann.replica.undo();
    world.flush();
    expect([bob.replica.note('n1')?.text, draft.text]).toEqual(['délai', 'délai']);
  });

  test('not at all when it is back to what it was', () => {
    type('délai l');
    type('délai');
    world.clock.pass(5_000);
    expect([commits(), draft.dirty]).toEqual([[], false]);
  });

  test('not while an accent is being composed', () => {
    draft.composing(true);
    type('délai ^');
    world.clock.pass(5_000);
    expect(commits()).toEqual([]);
    type('délai ê');
    draft.composing(false);
    world.clock.pass(400);
    expect(commits()).toEqual(['délai ê']);
  });

  test('each on the one before, and a pause of two seconds begins a new unit of undo', () => {
    type('délai long');
    world.clock.pass(1_000);
    type('délai long ici');
    world.clock.pass(3_000);
    type('délai long ici aussi');
    world.clock.pass(400);
    world.flush();
    ann.replica.undo();
    world.flush();
    expect(bob.replica.note('n1')?.text).toBe('délai long ici');
    ann.replica.undo();
    world.flush();
    expect(bob.replica.note('n1')?.text).toBe('délai');
  });
});

describe('a text that is too long', () => {
  test('stays in the box until it is short enough, and is handed back on close', () => {
    type('é'.repeat(2_003));
    world.clock.pass(5_000);
    expect([draft.over, commits()]).toEqual([3, []]);
    expect(draft.close()).toBe('é'.repeat(2_003));
  });

  test('that an import brought can still be edited', () => {
    const long = ann.replica.draft('n2', () => undefined);
    type('y'.repeat(2_050), long);
    expect(long.over).toBe(0);
    long.close();
    world.flush();
    expect(bob.replica.note('n2')?.text).toHaveLength(2_050);
  });
});

describe('what others write meanwhile', () => {
  const other = (text: string, base: string): void => {
    world.server.do({ type: 'set_note_text', note: 'n1', text, base });
  };

  test('is shown at once where nothing is typed, and the caret stays with its word', () => {
    draft.select(2, 2);
    other('Le délai', 'délai');
    world.flush();
    expect(shown).toEqual([{ text: 'Le délai', start: 5, end: 5 }]);
    expect(draft.text).toBe('Le délai');
  });

  test('waits while words are typed, and comes merged once they are committed', () => {
    type('délai long');
    other('Le délai', 'délai');
    world.flush();
    expect([draft.text, shown]).toEqual(['délai long', []]);
    world.clock.pass(400);
    world.flush();
    expect(draft.text).toBe('Le délai long');
    expect(bob.replica.note('n1')?.text).toBe('Le délai long');
    type('Le délai long ici');
    world.clock.pass(400);
    world.flush();
    expect(bob.replica.note('n1')?.text).toBe('Le délai long ici');
  });

  test('never takes away words typed while a commit is on its way', () => {
    other('Le délai', 'délai');
    type('délai long');
    draft.commit();
    type('délai long ici');
    world.flush();
    expect(draft.text).toBe('délai long ici');
    draft.commit();
    world.flush();
    expect(draft.text).toBe('Le délai long ici');
    expect(bob.replica.note('n1')?.text).toBe('Le délai long ici');
  });

  test('does not disturb a composition', () => {
    draft.composing(true);
    other('Le délai', 'délai');
    world.flush();
    expect(shown).toEqual([]);
    draft.composing(false);
    expect(draft.text).toBe('Le délai');
  });

  test('is not lost by who types offline for a minute', () => {
    ann.line.cut();
    let text = 'délai';
    for (let i = 0; i < 30; i++) {
      type((text += ` ann${i}`));
      world.clock.pass(1_000);
      ann.lines.at(-1)?.cut();
      const now = bob.replica.note('n1')?.text ?? '';
      bob.replica.edit({ type: 'set_note_text', note: 'n1', text: `bob${i} ${now}`, base: now });
      bob.line.say({ type: 'beat', seq: world.server.seq });
      world.server.take(bob.line);
      bob.line.deliver();
      bob.frame();
    }
    expect(ann.replica.state).toBe('offline');
    draft.close();
    world.settle();
    const words = (ann.replica.note('n1')?.text ?? '').split(' ');
    for (let i = 0; i < 30; i++) expect(words).toEqual(expect.arrayContaining([`ann${i}`, `bob${i}`]));
    expect(bob.replica.note('n1')?.text).toBe(ann.replica.note('n1')?.text);
  });

  test('like removing the note, gives the words back', () => {
    const lost: string[] = [];
    ann.replica.on('text-lost', ({ text }) => lost.push(text));
    world.server.do({ type: 'remove_notes', notes: ['n1'] });
    type('délai long');
    world.flush();
    expect(draft.text).toBe('délai long');
    draft.close();
    world.flush();
    expect(lost).toEqual(['délai long']);
  });
});

test('a new note is made of its first words and written on from there', () => {
  const fresh = ann.replica.draft(
    'new-note',
    () => undefined,
    (text) => ({
      type: 'add_notes',
      notes: [{ id: 'new-note', text }],
      place: { stage: 'A', channel: 'X' },
    }),
  );
  type('   ', fresh);
  fresh.commit();
  expect(ann.replica.pending).toBe(0);
  type('facture', fresh);
  fresh.commit();
  type('facture en double', fresh);
  fresh.close();
  world.flush();
  expect(bob.replica.note('new-note')?.text).toBe('facture en double');
  ann.replica.undo();
  world.flush();
  expect(bob.replica.note('new-note')?.removedAt).not.toBeNull();
});
