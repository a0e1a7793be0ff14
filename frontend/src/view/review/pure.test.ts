// What the review decides without a page: addresses, keys, filters, values in words.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { setCatalogue, type Catalogue } from '../../i18n';
import type { LineState } from '../../model/draft/replica.svelte';
import type { Line } from '../../wire/types.gen';
import { readPlace, writePlace } from './address';
import { NO_FILTER, isActive, matches } from './filter';
import { order } from './keymap';
import { summary } from './moved.svelte';
import { inLines, inWords, isNothing, understood, type Names } from './said';
import { isOpen, shown } from './state';

beforeAll(() => {
  setCatalogue('fr', JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Catalogue);
});

const pressed = (key: string, held: Partial<{ ctrl: boolean; shift: boolean; alt: boolean }> = {}) =>
  order({ key, ctrl: false, shift: false, alt: false, ...held }, true);

describe('the address', () => {
  test('says the screen and the line, and is empty on the page itself', () => {
    expect(readPlace('#line=CH-04')).toEqual({ tab: 'review', line: 'CH-04' });
    expect(readPlace('#tab=pipelines')).toEqual({ tab: 'pipelines', line: null });
    expect(readPlace('#tab=elsewhere')).toEqual({ tab: 'review', line: null });
    expect(writePlace({ tab: 'review', line: null })).toBe('');
    expect(readPlace(writePlace({ tab: 'matrix', line: 'WF-01' }))).toEqual({ tab: 'matrix', line: 'WF-01' });
  });
});

describe('a key', () => {
  test('is an order by its letter, and with Ctrl or Alt', () => {
    expect(['a', 'e', 'x', 'Delete', 'm', 'c', 'n', 'j', 'ArrowUp', '/', '?'].map((key) => pressed(key))).toEqual([
      'accept', 'edit', 'reject', 'reject', 'merge', 'comment', 'next', 'down', 'up', 'filter', 'help',
    ]); // prettier-ignore
    expect(pressed('z', { ctrl: true })).toBe('undo');
    expect(pressed('Z', { ctrl: true, shift: true })).toBe('redo');
    expect(pressed('ArrowDown', { alt: true })).toBe('lower');
  });
  test('alone means nothing once single letters are switched off; arrows and Delete still do', () => {
    const off = (key: string) => order({ key, ctrl: false, shift: false, alt: false }, false);
    expect([off('a'), off('x'), off('ArrowDown'), off('Delete')]).toEqual([null, null, 'down', 'reject']);
  });
});

type Told = Pick<LineState, 'record' | 'values' | 'label' | 'standing' | 'edited'>;
function told(more: Partial<Omit<Told, 'record'>> & { record?: Partial<Line> } = {}): Told {
  const { record, ...rest } = more;
  return {
    record: {
      type: 'line',
      id: 'a',
      item: 'fields.a',
      section: 'fields',
      code: 'CH-04',
      rank: 'V',
      ...record,
    } as Told['record'],
    values: { label: 'Téléphone', owner: 'Ventes', values: [{ label: 'Fixe' }] },
    label: 'Téléphone',
    standing: 'proposed',
    edited: false,
    ...rest,
  };
}

describe('a filter', () => {
  test('finds words anywhere in a line, without accents, and its code', () => {
    for (const text of ['telephone', 'fixe', 'ch-04', 'ventes tel'])
      expect(matches({ ...NO_FILTER, text }, told())).toBe(true);
    expect(matches({ ...NO_FILTER, text: 'mobile' }, told())).toBe(false);
  });
  test('keeps steps with their pipelines, and a team wherever it answers for the line', () => {
    expect(matches({ ...NO_FILTER, section: 'pipelines' }, told({ record: { section: 'steps' } }))).toBe(
      true,
    );
    expect(matches({ ...NO_FILTER, team: 'ventes' }, told())).toBe(true);
    expect(matches({ ...NO_FILTER, team: 'Support' }, told())).toBe(false);
  });
  test('tells what is edited from what is accepted', () => {
    expect(matches({ ...NO_FILTER, state: 'edited' }, told({ edited: true }))).toBe(true);
    expect(matches({ ...NO_FILTER, state: 'accepted' }, told({ standing: 'validated' }))).toBe(true);
    expect(matches({ ...NO_FILTER, state: 'aside' }, told({ standing: 'merged' }))).toBe(true);
    expect(matches({ ...NO_FILTER, state: 'commented' }, told(), () => 0)).toBe(false);
    expect(isActive({ ...NO_FILTER, text: '  ' })).toBe(false);
  });
});

describe('the state of a line', () => {
  test('is one word, and says whether somebody must still decide', () => {
    expect(shown(told({ standing: 'validated' })).word).toBe('review.state.accepted');
    expect(shown(told({ standing: 'validated', edited: true })).word).toBe('review.state.edited');
    expect(shown(told({ standing: 'to_complete' })).word).toBe('review.state.complete');
    expect([isOpen(told({ standing: 'conflict' })), isOpen(told({ standing: 'rejected' }))]).toEqual([
      true,
      false,
    ]);
  });
});

const names: Names = {
  object: (key) => (key === 'lead' ? 'Lead' : key),
  source: (source) => `note ${source.number}`,
  item: (id) => `ligne ${id}`,
};
const said = (widget: string, value: unknown, choices = '', name = 'x') =>
  inWords({ name, widget, choices }, value, names);

describe('a value in words', () => {
  test('of every kind', () => {
    expect(said('choice', 'picklist', 'type')).toBe('liste');
    expect(said('object', 'lead')).toBe('Lead');
    expect(said('rule', { join: 'or', conditions: [{ words: 'a' }, { words: 'b' }] })).toBe('a ou b');
    expect(said('effects', [{ kind: 'alert', words: 'prévenir', recipient: 'Karim' }])).toBe(
      'prévenir → Karim',
    );
    expect(said('flows', [{ source: 'Site', target: 'CRM', data: 'demandes' }])).toBe(
      'Site → CRM\u00a0: demandes',
    );
    expect(said('values', [{ label: 'Fixe' }, { label: 'Mobile' }])).toBe('Fixe et Mobile');
    expect(said('measure', { words: 'sous 4 h' })).toBe('sous 4 h');
    expect(said('percent', 30)).toBe('30\u00a0%');
    expect(inLines({ name: 'answers', widget: 'cited' }, [{ board: 'b', number: 3 }, 'x'], names)).toEqual([
      'note 3',
      'ligne x',
    ]);
  });
  test('is nothing when it says nothing', () => {
    for (const value of [
      null,
      '',
      [],
      false,
      {},
      { join: 'and', conditions: [] },
      { words: '', kind: 'unknown' },
    ])
      expect(isNothing(value)).toBe(true);
    expect(isNothing(0)).toBe(false);
    expect(said('team', undefined)).toBe('');
  });
  test('of a delay says what was understood, or that no figure was', () => {
    expect(
      understood({ words: 'sous 4 h ouvrées', amount: 4, unit: 'business_hour', direction: 'within' }),
    ).toBe('4 heures ouvrées au plus');
    expect(understood({ words: 'vite' })).toBe('');
  });
});

test('what came of the wall is said in figures', () => {
  expect(summary(4, 4, 1)).toBe('4 lignes nouvelles, 1 conflit');
  expect(summary(3, 1, 0)).toBe('1 ligne nouvelle, 2 lignes changées');
  expect(summary(0, 0, 0)).toBe('Rien ne change dans les lignes.');
});
