// @vitest-environment node
// Real replicas of one draft on a real server over real sockets that are cut at random: the same lines for all, no remark lost.
// Run by tests/e2e/test_replicas.py, which starts the server; skipped without it.
import { expect, test } from 'vitest';
import type { ReviewBootstrap } from '../../wire/types.gen';
import { chance } from '../testing/clock';
import { asked, bootstrapAt, enter, isLive, liveDeps, wait } from '../testing/live';
import { DraftReplica, SECTIONS } from './replica.svelte';
import type { DraftEdit } from './replica.svelte';

interface Person {
  readonly replica: DraftReplica;
  readonly lines: WebSocket[];
}
type Pick = <T>(items: readonly T[]) => T;

async function join(name: string): Promise<Person> {
  const { cookie, place } = await enter(name);
  const bootstrap = await bootstrapAt<ReviewBootstrap>(`${place}/specification`, cookie);
  const lines: WebSocket[] = [];
  const replica = new DraftReplica(bootstrap, liveDeps(bootstrap.document, cookie, lines));
  replica.start();
  return { replica, lines };
}

test.skipIf(!isLive)('everybody ends with the draft that the server has', { timeout: 300_000 }, async () => {
  const random = chance(asked.seed);
  const pick: Pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const everybody = await Promise.all(Array.from({ length: asked.people }, (_, i) => join(`Revue ${i}`)));
  const lost: string[] = [];
  const refused: string[] = [];
  for (const { replica } of everybody) {
    replica.on('text-lost', ({ text }) => lost.push(text));
    replica.on('refused', ({ code, edit }) => refused.push(`${edit.type} ${code}`));
  }

  const said: string[] = [];
  let cuts = 0;
  const end = Date.now() + asked.seconds * 1_000;
  for (let step = 0; Date.now() < end; step++) {
    const { replica, lines } = pick(everybody);
    const dice = random();
    if (dice < 0.8) {
      const edit = someEdit(replica, step, pick);
      if (edit.type === 'add_comment') said.push(edit.text);
      replica.edit(edit);
    } else if (dice < 0.88) replica.undo();
    else if (dice < 0.92) replica.redo();
    else if (dice < 0.96) replica.here({ note: pick(replica.all()).id, doing: 'looking' });
    else {
      cuts += 1;
      lines.at(-1)?.close();
    }
    await wait(Math.floor(random() * 12));
  }

  const state = (): string[] => everybody.map(({ replica }) => replica.state);
  for (let i = 0; i < 600 && !state().every((each) => each === 'saved'); i++) await wait(50);
  expect(state()).toEqual(everybody.map(() => 'saved'));
  const truth = await join('Témoin'); // its page brings the whole draft
  const { seq } = truth.replica;
  for (let i = 0; i < 100 && everybody.some(({ replica }) => replica.seq < seq); i++) await wait(50);
  await wait(50);
  console.log(JSON.stringify({ revisions: seq, remarks: said.length, cuts, refused: [...new Set(refused)] }));

  const expected = shown(truth.replica);
  expect(Object.keys(expected).length).toBeGreaterThan(50);
  for (const { replica } of everybody) expect(shown(replica)).toEqual(expected);
  expect(refused.filter((each) => each.endsWith('broken'))).toEqual([]);
  const texts = truth.replica.all().flatMap(({ comments }) => comments.map(({ text }) => text));
  const known = new Set([...texts, ...lost]);
  // what is not there was taken back by its author
  expect(said.filter((text) => known.has(text)).length).toBeGreaterThan(said.length / 2);
  for (const { replica } of [...everybody, truth]) replica.close();
});

/** All that can be read of the lines, and the order that they are in. */
function shown(replica: DraftReplica): Record<string, unknown> {
  const lines = replica.all().map(({ id, record, standing, conflicts, merged, comments }) => {
    const { by: _by, at: _at, ...rest } = record;
    return [id, { rest, standing, conflicts, merged, comments }] as const;
  });
  const orders = SECTIONS.flatMap((section) =>
    ['', ...replica.lines('pipelines')].map(
      (parent) => [`${section}/${parent}`, replica.lines(section, parent || null)] as const,
    ),
  );
  const counts = SECTIONS.map((section) => [`count/${section}`, replica.count(section)] as const);
  return Object.fromEntries<unknown>([...lines, ...orders, ...counts]);
}

function someEdit(replica: DraftReplica, step: number, pick: Pick): DraftEdit {
  const section = pick(SECTIONS.filter((each) => each !== 'steps' && replica.lines(each).length > 0));
  const ids = replica.lines(section);
  const one = pick(ids);
  return pick<DraftEdit>([
    { type: 'set_line', line: one, set: { label: `Libellé ${step}` } },
    { type: 'set_line', line: one, set: { label: pick(['Relancer', 'Rappeler']) } },
    { type: 'accept_lines', lines: [one, pick(ids)] },
    { type: 'reject_lines', lines: [one], why: 'Hors périmètre' },
    { type: 'reconsider_lines', lines: [one] },
    { type: 'add_line', line: replica.newId(), section, set: { label: `Ajout ${step}` } },
    { type: 'move_line', line: one, before: pick([null, ...ids]) },
    { type: 'merge_lines', lines: [one], into: pick(ids) },
    { type: 'remove_line', line: one },
    { type: 'add_comment', comment: replica.newId(), line: one, text: `remarque ${step}` },
    { type: 'add_comment', comment: replica.newId(), line: one, text: `question ${step}` },
  ]);
}
