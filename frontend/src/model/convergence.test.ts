// @vitest-environment node
// Several browsers edit one board at random while lines are slow, cut and replaced: at the end all show the same,
// every edit counted once, and every word typed is there.
import { expect, test } from 'vitest';
import type { BoardEdit } from '../wire/types.gen';
import { shown, shownBy } from './testing/shown';
import { World, note } from './testing/world';
import type { Browser } from './testing/world';
import type { Draft } from './typing';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);
const PEOPLE = 8;
const STEPS = 300;

interface Writer {
  readonly browser: Browser;
  draft: Draft | null;
}

test.each(SEEDS)('seed %i: everybody ends with the same board, and no word is lost', (seed) => {
  const world = new World([note('n1', { text: 'un' }), note('n2', { text: 'deux' }), note('n3')], seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(world.random() * items.length)] as T;
  const writers: Writer[] = Array.from({ length: PEOPLE }, (_, i) => ({
    browser: world.join(`p${i}`),
    draft: null,
  }));
  world.flush();
  const typed: string[] = [];
  const lost: string[] = [];
  for (const { browser } of writers) browser.replica.on('text-lost', ({ text }) => lost.push(text));

  for (let step = 0; step < STEPS; step++) {
    const writer = pick(writers);
    const dice = world.random();
    if (dice < 0.4) typeWords(world, writer, `w${step}`, typed, pick);
    else if (dice < 0.65) writer.browser.replica.edit(someEdit(world, writer.browser, step, pick));
    else if (dice < 0.75) stepOfUndo(world, writer);
    else if (dice < 0.82 && writer.browser.line.isOpen) writer.browser.line.cut();
    else trickle(world, writer.browser);
    if (world.random() < 0.3) world.clock.pass(Math.floor(world.random() * 600));
  }
  for (const { draft } of writers) draft?.close();
  world.settle();

  const truth = shown(world.server.value);
  for (const { browser } of writers) {
    expect(shownBy(browser.replica)).toEqual(truth);
    expect(browser.replica.seq).toBe(world.server.seq);
  }
  expect(new Set(world.server.log.map((revision) => revision.edit_id)).size).toBe(world.server.seq);
  const words = new Set([...everText(world), ...lost].join(' ').split(/\s+/));
  expect(typed.filter((word) => !words.has(word))).toEqual([]);
});

/** Every text that the board ever held: an undo may take words out again, which is no loss. */
function everText(world: World): string[] {
  return world.server.log.flatMap((revision) =>
    revision.changes.map((change) =>
      change.type === 'put' && change.record.type === 'note' ? (change.record.text ?? '') : '',
    ),
  );
}

function typeWords(
  world: World,
  writer: Writer,
  word: string,
  typed: string[],
  pick: <T>(items: readonly T[]) => T,
): void {
  const { replica } = writer.browser;
  if (writer.draft === null || world.random() < 0.2) {
    writer.draft?.close();
    const notes = replica.notes().filter((each) => each.removedAt === null);
    if (notes.length === 0) return;
    writer.draft = replica.draft(pick(notes).id, () => undefined);
  }
  const words = writer.draft.text.split(/\s+/).filter(Boolean);
  words.splice(Math.floor(world.random() * (words.length + 1)), 0, word);
  const text = words.join(' ');
  writer.draft.input(text, text.length, text.length);
  typed.push(word);
}

function someEdit(
  world: World,
  browser: Browser,
  step: number,
  pick: <T>(items: readonly T[]) => T,
): BoardEdit {
  const ids = browser.replica.notes().map((each) => each.id);
  const cell = pick(['A', 'B', null, 'A']);
  const place = {
    stage: cell,
    channel: pick(['X', 'Y', null]),
    before: world.random() < 0.5 ? pick(ids) : null,
  };
  return pick<BoardEdit>([
    { type: 'add_notes', notes: [{ id: `note-${step}`, text: '' }], place },
    { type: 'set_note', note: pick(ids), set: { kind: pick(['irritant', 'need', null]) } },
    { type: 'set_note', note: pick(ids), set: { emotion: pick([-2, 0, 2]), owner: pick(['Karim', '']) } },
    { type: 'move_notes', notes: [pick(ids)], place },
    { type: 'move_notes', notes: [pick(ids), pick(ids)], place },
    { type: 'remove_notes', notes: [pick(ids)] },
    { type: 'restore_notes', notes: [pick(ids)] },
    { type: 'duplicate_note', note: pick(ids), copy: `copy-${step}` },
    { type: 'add_link', link: `link-${step}`, kind: 'concerns', source: pick(ids), target: pick(ids) },
    { type: 'add_stage', stage: `stage-${step}`, name: 'Usage', before: pick(['A', 'B', null]) },
    { type: 'move_stage', stage: pick(['A', 'B']), before: pick(['A', 'B', null]) },
    { type: 'declare_empty', stage: 'B', channel: 'Y', empty: world.random() < 0.5 },
  ]);
}

function stepOfUndo(world: World, { browser }: Writer): void {
  if (world.random() < 0.7) browser.replica.undo();
  else browser.replica.redo();
}

/** A little of what is under way arrives; lines that wait may open. */
function trickle(world: World, { line, frame }: Browser): void {
  if (!line.isOpen && !line.isClosed) line.open();
  world.server.take(line, Math.ceil(world.random() * 3));
  if (world.random() < 0.7) line.deliver(Math.ceil(world.random() * 4));
  if (world.random() < 0.5) frame();
}
