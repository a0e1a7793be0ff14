// @vitest-environment node
// Real replicas on a real server over real sockets that are cut at random: same board for all, no edit twice, no word lost.
// Run by tests/e2e/test_replicas.py, which starts the server; skipped without it.
import { expect, test } from 'vitest';
import type { BoardEdit, BoardRecord, Bootstrap, Revision } from '../wire/types.gen';
import { Replica } from './replica.svelte';
import { chance } from './testing/clock';
import { asked, bootstrapAt, enter, isLive, liveDeps, wait } from './testing/live';
import { shown, shownBy } from './testing/shown';
import type { Draft } from './typing';
import { Value } from './value';

interface Person {
  readonly replica: Replica;
  readonly cookie: string;
  readonly lines: WebSocket[];
  draft: Draft | null;
}

async function join(name: string): Promise<Person> {
  const { cookie, place } = await enter(name);
  const bootstrap = await bootstrapAt<Bootstrap>(place, cookie);
  const lines: WebSocket[] = [];
  const replica = new Replica(bootstrap, liveDeps(bootstrap.board, cookie, lines));
  replica.start();
  return { replica, cookie, lines, draft: null };
}

test.skipIf(!isLive)(
  'everybody ends with the board that the server has, and no word is lost',
  { timeout: 300_000 },
  async () => {
    const random = chance(asked.seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const everybody = await Promise.all(Array.from({ length: asked.people }, (_, i) => join(`Essai ${i}`)));
    const typed: string[] = [];
    const lost: string[] = [];
    const refused: string[] = [];
    for (const { replica } of everybody) {
      replica.on('text-lost', ({ text }) => lost.push(text));
      replica.on('refused', ({ code }) => refused.push(code));
    }

    let cuts = 0;
    const end = Date.now() + asked.seconds * 1_000;
    for (let step = 0; Date.now() < end; step++) {
      const person = pick(everybody);
      const dice = random();
      if (dice < 0.55) typed.push(...typeIn(person, `mot${step}x`, random, pick));
      else if (dice < 0.85) person.replica.edit(someEdit(person.replica, step, pick));
      else if (dice < 0.93) (random() < 0.7 ? undo : redo)(person.replica);
      else {
        cuts += 1;
        person.lines.at(-1)?.close();
      }
      await wait(Math.floor(random() * 12));
    }
    for (const { draft } of everybody) draft?.close();

    const state = (): string[] => everybody.map(({ replica }) => replica.state);
    for (let i = 0; i < 600 && !state().every((each) => each === 'saved'); i++) await wait(50);
    expect(state()).toEqual(everybody.map(() => 'saved'));
    const truth = await board(everybody[0] as Person);
    for (let i = 0; i < 100 && everybody.some(({ replica }) => replica.seq < truth.seq); i++) await wait(50);
    await wait(50);
    const log = await revisions(everybody[0] as Person);
    console.log(
      JSON.stringify({ revisions: log.length, words: typed.length, cuts, refused: refused.length }),
    );

    const expected = shown(new Value(truth.records));
    for (const { replica } of everybody) expect(shownBy(replica)).toEqual(expected);
    expect(log.map((revision) => revision.seq)).toEqual(log.map((_, i) => i + 1));
    expect(new Set(log.map((revision) => revision.edit_id)).size).toBe(log.length);
    const words = new Set([...log.flatMap(texts), ...lost].join(' ').split(/\s+/));
    expect(typed.filter((word) => !words.has(word))).toEqual([]);
    for (const { replica } of everybody) replica.close();
  },
);

const undo = (replica: Replica): void => replica.undo();
const redo = (replica: Replica): void => replica.redo();

function typeIn(
  person: Person,
  word: string,
  random: () => number,
  pick: <T>(items: readonly T[]) => T,
): string[] {
  const { replica } = person;
  if (person.draft === null || random() < 0.15 || person.draft.text.length > 1_500) {
    person.draft?.close();
    // few notes, so that people meet
    const notes = replica.notes().filter((each) => each.removedAt === null && each.number % 20 === 1);
    person.draft = notes.length > 0 ? replica.draft(pick(notes).id, () => undefined) : null;
  }
  const { draft } = person;
  if (draft === null || draft.text.length > 1_500) return [];
  const words = draft.text.split(' ');
  words.splice(Math.floor(random() * (words.length + 1)), 0, word);
  draft.input(words.join(' '), 0, 0);
  return [word];
}

function someEdit(replica: Replica, step: number, pick: <T>(items: readonly T[]) => T): BoardEdit {
  const ids = replica.notes().map((each) => each.id);
  const place = {
    stage: pick(replica.stages).id,
    channel: pick(replica.channels).id,
    before: pick([null, pick(ids)]),
  };
  return pick<BoardEdit>([
    { type: 'add_notes', notes: [{ id: replica.newId(), text: `note ${step}` }], place },
    {
      type: 'set_note',
      note: pick(ids),
      set: { kind: pick(['irritant', 'need', null]), emotion: pick([-2, 1]) },
    },
    { type: 'move_notes', notes: [pick(ids), pick(ids)], place },
    { type: 'remove_notes', notes: [pick(ids)] },
    { type: 'restore_notes', notes: [pick(ids), pick(ids), pick(ids)] },
    { type: 'duplicate_note', note: pick(ids), copy: replica.newId() },
    { type: 'add_link', link: replica.newId(), kind: 'concerns', source: pick(ids), target: pick(ids) },
  ]);
}

async function read<T>(person: Person, path: string): Promise<T> {
  const answer = await fetch(`${asked.base}/api/boards/${person.replica.board}${path}`, {
    headers: { cookie: person.cookie },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const board = (person: Person): Promise<{ seq: number; records: BoardRecord[] }> => read(person, '');

async function revisions(person: Person): Promise<Revision[]> {
  const all: Revision[] = [];
  for (let more = true; more;) {
    const page = await read<{ revisions: Revision[]; more: boolean }>(
      person,
      `/log?since=${all.at(-1)?.seq ?? 0}`,
    );
    all.push(...page.revisions);
    more = page.more;
  }
  return all;
}

function texts(revision: Revision): string[] {
  return revision.changes.map((change) =>
    change.type === 'put' && change.record.type === 'note' ? (change.record.text ?? '') : '',
  );
}
