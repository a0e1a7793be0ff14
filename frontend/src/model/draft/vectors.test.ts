// @vitest-environment node
// The review's twins of the server's rules, held to what the server answers (tests/vectors/draft.json).
import { expect, test } from 'vitest';
import { keyOf } from '../layers';
import { withPast } from '../past';
import { MEASURES } from './entered';
import { predict } from './predict';
import { DEFAULTS, SECTIONS, lean } from './records';
import type { DraftEdit, DraftRecord, Line, Values } from './records';
import { conflicts, effective, isDecided, known, openQuestions, standing, unconfirmed } from './standing';
import { DraftValue } from './value';
import type { Change } from './value';

interface Step {
  /** None: the wall moved. */
  edit?: DraftEdit;
  edit_id?: string;
  author?: string;
  at?: number;
  changes?: Change[];
  refused?: string;
}
interface Stands {
  line: Line;
  decided: boolean;
}

const PATH = '../../../../tests/vectors/draft.json';
const vectors = import.meta.glob<{
  defaults: unknown;
  sections: string[];
  measures: string[];
  lines: Stands[];
  walks: { records: DraftRecord[]; steps: Step[] }[];
}>('../../../../tests/vectors/draft.json', { eager: true, import: 'default' })[PATH];
if (!vectors) throw new Error(PATH);

test('fields left out, sections and measures mean the same on both sides', () => {
  expect(DEFAULTS).toEqual(vectors.defaults);
  expect(SECTIONS).toEqual(vectors.sections);
  expect(MEASURES).toEqual(vectors.measures);
});

test('a line stands the same on both sides', () => {
  for (const { line, decided, ...expected } of vectors.lines) {
    const found = {
      effective: effective(line),
      conflicts: conflicts(line),
      questions: openQuestions(line),
      unconfirmed: unconfirmed(line),
      standing: standing(line),
    };
    expect([line, found, isDecided(line)]).toEqual([line, expected, decided]);
  }
});

test.each(vectors.walks.map((walk, seed) => [seed, walk] as const))(
  'walk %i: an edit is guessed as the server answers it',
  (_seed, { records, steps }) => {
    const value = new DraftValue(records);
    const past = new Map<string, readonly Change[]>();
    const authors = new Map(steps.map((step) => [step.edit_id, step.author]));
    for (const { edit, edit_id = '', author = '', at = 0, changes, refused } of steps) {
      if (edit) {
        const undone = edit.type === 'undo' ? past.get(edit.edit) : undefined;
        const known = edit.type !== 'undo' || (undone !== undefined && authors.get(edit.edit) === author);
        const guess = predict(value, edit, { author, at, undone });
        if (known) expect([edit, told(guess, edit)]).toEqual([edit, told(changes ?? refused ?? '', edit)]);
      }
      const heard = (changes ?? []).map((change): Change =>
        change.type === 'put' ? { type: 'put', record: change.record } : change,
      );
      past.set(edit_id, withPast(value, heard));
      value.advance(heard);
    }
  },
);

/** In no order, without the past, and without what only the server knows: codes given, what words of a delay say. */
function told(answer: readonly Change[] | string, edit: DraftEdit): unknown {
  if (typeof answer === 'string') return answer;
  const rows = answer.map((change) => {
    const record = change.type === 'put' ? change.record : change.was;
    return [keyOf(record), change.type === 'put' ? plain(lean(record), edit) : null] as const;
  });
  return Object.fromEntries(rows.filter(([key]) => key !== 'draft:draft'));
}

function plain(record: DraftRecord, edit: DraftEdit): unknown {
  if (record.type !== 'line') return record;
  const set = Object.entries(record.set ?? {}).map(([name, value]) => [name, simple(name, value)] as const);
  const given =
    edit.type === 'add_line' ? set.filter(([name, value]) => name in edit.set || value === 'lead') : set;
  const code = edit.type === 'add_line' ? '' : record.code;
  return { ...record, code, set: Object.fromEntries(given), base: said(record.base ?? {}) };
}

function simple(name: string, value: unknown): unknown {
  return MEASURES.includes(name) && value ? { words: (value as { words: string }).words } : known(value);
}

function said(values: Values): unknown {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value)]));
}
