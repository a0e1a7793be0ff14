// @vitest-environment node
import { expect, test } from 'vitest';
import { decode, decodeDraft } from './decode';

const YOU = { id: 'ann', name: 'Ann' };
const NOTE = { type: 'note', id: 'n', number: 1, rank: 'V' };
const REVISION = {
  seq: 1,
  edit_id: 'e',
  author: 'ann',
  at: 0,
  what: 'x',
  changes: [{ type: 'put', record: NOTE }],
};

const good: unknown[] = [
  { type: 'welcome', epoch: 1, seq: 0, you: YOU, people: [YOU] },
  { type: 'welcome', epoch: 1, seq: 0, you: YOU, people: [], snapshot: [{ type: 'board', title: '' }, NOTE] },
  { type: 'revisions', revisions: [REVISION] },
  { type: 'settled', edit_id: 'e' },
  { type: 'settled', edit_id: 'e', seq: 4 },
  { type: 'refused', edit_id: 'e', code: 'too_long', detail: { limit: 3 } },
  { type: 'phrasing', ask: 1, verdict: 'no', suggestion: 'Je paie', reason: 'infinitive' },
  { type: 'phrasing', ask: 2, verdict: 'yes', suggestion: null, reason: 'first_person' },
  { type: 'presence', seen: [{ connection: 'c', person: 'ann' }] },
  { type: 'people', people: [YOU] },
  { type: 'beat', seq: 3 },
  { type: 'bye', code: 'storage', again: true },
];

const bad: unknown[] = [
  null,
  [],
  'text',
  {},
  { type: 'hello' },
  { type: 'welcome', epoch: 1, seq: 0, people: [] },
  { type: 'welcome', epoch: 1, seq: 0.5, you: YOU, people: [] },
  { type: 'welcome', epoch: 1, seq: 0, you: YOU, people: [], snapshot: [{ type: 'note', id: 'n' }] },
  { type: 'revisions' },
  { type: 'revisions', revisions: [{ ...REVISION, seq: '1' }] },
  { type: 'revisions', revisions: [{ ...REVISION, changes: [{ type: 'swap' }] }] },
  {
    type: 'revisions',
    revisions: [{ ...REVISION, changes: [{ type: 'put', record: { type: 'moon', id: 'm' } }] }],
  },
  {
    type: 'revisions',
    revisions: [{ ...REVISION, changes: [{ type: 'put', record: { ...NOTE, text: 3 } }] }],
  },
  { type: 'settled', seq: 4 },
  { type: 'refused', edit_id: 'e', code: 'too_long' },
  { type: 'phrasing', verdict: 'no', suggestion: null, reason: 'nominal' },
  { type: 'phrasing', ask: 1, verdict: 'no', suggestion: 3, reason: 'nominal' },
  { type: 'presence', seen: [{ person: 'ann' }] },
  { type: 'bye', code: 'storage' },
];

test.each(good)('%j is a message', (message) => {
  expect(decode(JSON.stringify(message))).toEqual(message);
});

test.each(bad)('%j is none', (message) => {
  expect(() => decode(JSON.stringify(message))).toThrow(RangeError);
});

test('what is not JSON is no message', () => {
  expect(() => decode('{"type":')).toThrow(RangeError);
});

const LINE = { type: 'line', id: 'l', item: 'fields.l', section: 'fields', code: 'CH-01', rank: 'V' };
const COMMENT = { type: 'comment', id: 'c', line: 'l', text: 'Qui ?', author: 'ann', at: 0 };
const about = (record: unknown): unknown => ({
  type: 'revisions',
  revisions: [{ ...REVISION, changes: [{ type: 'put', record }] }],
});

test.each([
  { type: 'draft' },
  { type: 'part', id: 'matrix', body: {} },
  LINE,
  { ...LINE, set: { label: 'x' } },
  COMMENT,
])('%j is a record of a draft, and of no board', (record) => {
  const text = JSON.stringify(about(record));
  expect(decodeDraft(text)).toEqual(about(record));
  expect(() => decode(text)).toThrow(RangeError);
});

test.each([
  NOTE,
  { type: 'board', title: '' },
  { ...LINE, rank: null },
  { ...LINE, set: [] },
  { ...LINE, sources: {} },
  { ...COMMENT, text: 3 },
])('%j is no record of a draft', (record) => {
  expect(() => decodeDraft(JSON.stringify(about(record)))).toThrow(RangeError);
});
