// @vitest-environment node
// The browser's twins of the server's rules, held to what the server answers (tests/vectors).
import { expect, test } from 'vitest';
import type { BoardEdit, BoardRecord } from '../wire/types.gen';
import { LIMITS } from './limits';
import { withPast } from './past';
import { predict } from './predict';
import { between, spread } from './rank';
import { DEFAULTS, lean } from './records';
import { may } from './rights';
import type { Action, Standing } from './rights';
import { Value, keyOf } from './value';
import type { Change } from './value';

interface Step {
  edit_id: string;
  edit: BoardEdit;
  author: string;
  at: number;
  merged: boolean;
  changes?: Change[];
  refused?: string;
}

const files = import.meta.glob<unknown>('../../../tests/vectors/*.json', { eager: true, import: 'default' });

function vectors<T>(name: string): T {
  return files[`../../../tests/vectors/${name}.json`] as T;
}

test('fields left out mean the same on both sides', () => {
  expect(DEFAULTS).toEqual(vectors('defaults'));
});

test('limits are the same on both sides', () => {
  expect(LIMITS).toEqual(vectors('limits'));
});

test('ranks are the same on both sides, and in order', () => {
  for (const { low, high, keys } of vectors<{ low: string | null; high: string | null; keys: string[] }[]>(
    'rank',
  )) {
    expect(keys.length === 1 ? [between(low, high)] : spread(low, high, keys.length)).toEqual(keys);
    const all = [...(low === null ? [] : [low]), ...keys, ...(high === null ? [] : [high])];
    expect([...all].sort((a, b) => (a < b ? -1 : 1))).toEqual(all);
  }
});

test('rights are the same on both sides', () => {
  for (const row of vectors<(Standing & { action: Action; own: boolean; may: boolean })[]>('rights')) {
    expect([row, may(row, row.action, row.own)]).toEqual([row, row.may]);
  }
});

test.each(
  vectors<{ records: BoardRecord[]; steps: Step[] }[]>('predict').map((walk, seed) => [seed, walk] as const),
)('walk %i: an edit is guessed as the server answers it', (_seed, { records, steps }) => {
  const value = new Value(records);
  const past = new Map<string, readonly Change[]>();
  const authors = new Map(steps.map((step) => [step.edit_id, step.author]));
  for (const step of steps) {
    const { edit, author, at } = step;
    const mine = edit.type !== 'undo' || authors.get(edit.edit) === author;
    const undone = edit.type === 'undo' ? past.get(edit.edit) : undefined;
    if (mine && !step.merged) {
      const guess = predict(value, edit, { author, at, undone });
      const unknown = edit.type === 'undo' && undone === undefined;
      expect([edit, told(guess)]).toEqual([edit, unknown ? [] : told(step.changes ?? step.refused ?? '')]);
    }
    if (!step.changes) continue;
    const changes = step.changes.map((change): Change =>
      change.type === 'put' ? { type: 'put', record: change.record } : change,
    );
    past.set(step.edit_id, withPast(value, changes));
    value.advance(changes);
  }
});

/** In no order and without the past. */
function told(answer: readonly Change[] | string): unknown {
  if (typeof answer === 'string') return answer;
  return Object.fromEntries(
    answer.map((change) => {
      const record = change.type === 'put' ? change.record : change.was;
      return [keyOf(record), change.type === 'put' ? lean(change.record) : null];
    }),
  );
}
