// @vitest-environment node
import { expect, test } from 'vitest';
import { NO_FILTER } from '../filter';
import { find, parts, reading, type Looked } from './find';

const note = (id: string, more: Partial<Looked> = {}): Looked => ({
  id,
  text: '',
  kind: 'touchpoint',
  team: '',
  author: '',
  owner: '',
  number: 1,
  stage: 's1',
  channel: 'c1',
  ...more,
});
const found = (text: string, wanted: string) =>
  parts(text, wanted).map((part) => (part.found ? `[${part.text}]` : part.text));

test('notes are read stage by stage, channel by channel, those to be placed last', () => {
  const cells: Record<string, string[]> = { 's1 c1': ['a', 'b'], 's1 c2': ['c'], 's2 c1': ['d'] };
  const order = reading(
    [{ id: 's1' }, { id: 's2' }],
    [{ id: 'c1' }, { id: 'c2' }],
    (stage, channel) => cells[`${stage} ${channel}`] ?? [],
    ['p'],
  );
  expect(order).toEqual(['a', 'b', 'c', 'd', 'p']);
});

test('pains that an action answers are not lacking one', () => {
  const pains = [note('answered', { kind: 'irritant' }), note('bare', { kind: 'breakpoint' }), note('other')];
  const kept = find(
    pains,
    { ...NO_FILTER, lack: 'pain_without_action' },
    (id) => id === 'answered',
    () => '',
  );
  expect(kept.map((one) => one.id)).toEqual(['bare']);
});

test('a note without a team belongs to the team of who wrote it', () => {
  const kept = find(
    [note('hers', { author: 'ines' }), note('given', { author: 'ines', team: 'Travaux' })],
    { ...NO_FILTER, teams: ['Support'] },
    () => false,
    () => 'Support',
  );
  expect(kept.map((one) => one.id)).toEqual(['hers']);
});

test('the words looked for are shown in the text, accents and case aside', () => {
  expect(found('Une démo, puis une DÉMO', 'demo')).toEqual(['Une ', '[démo]', ', puis une ', '[DÉMO]']);
  expect(found('Je compare', '')).toEqual(['Je compare']);
});

test('letters that fold into several, marks and emoji stay whole', () => {
  expect(found('🚚 cafe\u0301 noir', 'cafe')).toEqual(['🚚 ', '[cafe\u0301]', ' noir']);
  expect(found('İstanbul 🚚 dépôt', 'depot')).toEqual(['İstanbul 🚚 ', '[dépôt]']);
});
