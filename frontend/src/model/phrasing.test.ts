// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { Up } from '../wire/types.gen';
import { PAUSE, Phrases, Refused, type Shelf, type Told } from './phrasing';
import { FakeClock } from './testing/clock';
import { World, note } from './testing/world';

const NO: Told = { verdict: 'no', suggestion: 'Je signe le bail', reason: 'nominal' };
const YES: Told = { verdict: 'yes', suggestion: null, reason: 'first_person' };

let clock: FakeClock;
let sent: Up[];
let online: boolean;
let phrases: Phrases;
let told: (Told | null)[];

beforeEach(() => {
  clock = new FakeClock();
  [sent, told, online] = [[], [], true];
  phrases = new Phrases(clock, (up) => {
    if (online) sent.push(up);
    return online;
  });
});
const box = () => phrases.question((each) => told.push(each));
const asked = () => sent.flatMap((up) => (up.type === 'ask_phrasing' ? [[up.text, up.lang]] : []));
const answer = (ask: number, said: Told) => phrases.heard({ type: 'phrasing', ask, ...said });

describe('asking', () => {
  test('waits for a pause, and asks once for the words as they stand', () => {
    const question = box();
    for (const words of ['Sig', 'Signature', 'Signature du bail']) {
      question.write(words, 'fr');
      clock.pass(PAUSE - 1);
    }
    expect(asked()).toEqual([]);
    clock.pass(1);
    expect(asked()).toEqual([['Signature du bail', 'fr']]);
    answer(1, NO);
    expect(told.at(-1)).toEqual(NO);
  });

  test('an answer about words that moved on is not told, but remembered', () => {
    const question = box();
    question.write('Signature du bail', 'fr');
    clock.pass(PAUSE);
    question.write('Signature du bail en agence', 'fr');
    answer(1, NO);
    expect(told.at(-1)).toBeNull();
    question.write('Signature du bail', 'fr');
    expect(told.at(-1)).toEqual(NO);
    clock.pass(PAUSE);
    expect(asked()).toHaveLength(1);
  });

  test('the same words in another language are another question', () => {
    const question = box();
    question.write('Contact', 'fr');
    clock.pass(PAUSE);
    answer(1, NO);
    question.write('Contact', 'en');
    expect(told.at(-1)).toBeNull();
    clock.pass(PAUSE);
    expect(asked()).toEqual([
      ['Contact', 'fr'],
      ['Contact', 'en'],
    ]);
  });

  test.each(['', '  \n', 'é'.repeat(2_001)])('nothing is asked about no words, or too many', (words) => {
    box().write(words, 'fr');
    clock.pass(PAUSE);
    expect(sent).toEqual([]);
  });

  test('nothing is asked while an accent is composed', () => {
    const question = box();
    question.write('Signature', 'fr');
    question.rest();
    clock.pass(PAUSE);
    expect(sent).toEqual([]);
    expect(told.at(-1)).toBeNull();
    question.write('Signature', 'fr');
    clock.pass(PAUSE);
    expect(asked()).toEqual([['Signature', 'fr']]);
  });

  test('offline the question waits, and goes on the next line', () => {
    online = false;
    const question = box();
    question.write('Signature du bail', 'fr');
    clock.pass(PAUSE);
    expect(question.waits).not.toBeNull();
    online = true;
    phrases.again();
    expect(asked()).toEqual([['Signature du bail', 'fr']]);
    answer(2, NO);
    expect(told.at(-1)).toEqual(NO);
    expect(question.waits).toBeNull();
    phrases.again();
    expect(asked()).toHaveLength(1);
  });

  test('a question asked on a line that was lost is asked on the next', () => {
    box().write('Signature du bail', 'fr');
    clock.pass(PAUSE);
    phrases.again();
    expect(asked()).toHaveLength(2);
    answer(1, YES); // from the old line
    expect(told.at(-1)).toBeNull();
    answer(2, NO);
    expect(told.at(-1)).toEqual(NO);
  });

  test('a box that is closed hears nothing and asks nothing', () => {
    const question = box();
    question.write('Signature du bail', 'fr');
    question.close();
    clock.pass(PAUSE);
    phrases.again();
    expect(sent).toEqual([]);
  });

  test('two boxes are told each their own', () => {
    const other: (Told | null)[] = [];
    box().write('Signature du bail', 'fr');
    phrases.question((each) => other.push(each)).write('Je paie', 'fr');
    clock.pass(PAUSE);
    answer(2, YES);
    answer(1, NO);
    expect([told.at(-1), other.at(-1)]).toEqual([NO, YES]);
  });
});

test('through the replica: asked on the line, answered by the server, no edit made', () => {
  const world = new World();
  const { replica } = world.join('anne');
  world.settle();
  world.server.told.set('Signature du bail', NO);
  replica.phrases.question((each) => told.push(each)).write('Signature du bail', 'fr');
  world.clock.pass(PAUSE);
  world.flush();
  expect(told.at(-1)).toEqual(NO);
  replica.phrases.dismissed('nominal');
  world.flush();
  expect(world.server.dismissed).toEqual(['nominal']);
  expect(world.server.seq).toBe(0);
});

describe('several texts at once', () => {
  const texts = (world: World) => [...world.server.value.notes()].map((each) => each.text ?? '').sort();

  test('show at once, are one revision, and one undo gives them all back', () => {
    const world = new World([note('n1', { text: 'Relance' }), note('n2', { text: 'Appel' })]);
    const { replica } = world.join('anne');
    world.settle();
    replica.edit({
      type: 'set_texts',
      notes: [
        { note: 'n1', text: 'Je suis relancé', base: 'Relance' },
        { note: 'n2', text: 'J’appelle', base: 'Appel' },
      ],
    });
    expect([replica.note('n1')?.text, replica.isPending('n2')]).toEqual(['Je suis relancé', true]);
    world.settle();
    expect([world.server.seq, replica.isPending('n2')]).toEqual([1, false]);
    replica.undo();
    world.settle();
    expect(texts(world)).toEqual(['Appel', 'Relance']);
  });

  test('that are too big for one frame go as several, and are undone at once', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `n${n}`);
    const world = new World(ids.map((id) => note(id, { text: 'x'.repeat(1_000) })));
    const { replica } = world.join('anne');
    world.settle();
    const base = 'x'.repeat(1_000);
    replica.edit({ type: 'set_texts', notes: ids.map((id) => ({ note: id, text: `Je ${base}`, base })) });
    world.settle();
    expect(texts(world).every((text) => text.startsWith('Je '))).toBe(true);
    expect(world.server.seq).toBeGreaterThan(1);
    replica.undo();
    world.settle();
    expect(texts(world).every((text) => text === base)).toBe(true);
  });
});

describe('refusals', () => {
  class Drawer implements Shelf {
    readonly all = new Map<string, string>();
    getItem = (key: string) => this.all.get(key) ?? null;
    setItem = (key: string, value: string) => void this.all.set(key, value);
  }

  test('are for good, on this device, whatever the spaces and the case', () => {
    const drawer = new Drawer();
    new Refused(drawer).add('Signature du bail', 'fr');
    const later = new Refused(drawer);
    expect(later.has('  signature  du bail ', 'fr')).toBe(true);
    expect(later.has('Signature du bail', 'en')).toBe(false);
    expect(later.has('Signature des baux', 'fr')).toBe(false);
  });

  test('are kept without the words', () => {
    const drawer = new Drawer();
    new Refused(drawer).add('Signature du bail', 'fr');
    expect([...drawer.all.values()].join()).not.toMatch(/signature|bail/i);
  });

  test('are few enough to keep', () => {
    const drawer = new Drawer();
    const refused = new Refused(drawer);
    for (let n = 0; n < 600; n++) refused.add(`Signature ${n}`, 'fr');
    expect(JSON.parse([...drawer.all.values()][0] ?? '') as string[]).toHaveLength(500);
    expect([refused.has('Signature 0', 'fr'), refused.has('Signature 599', 'fr')]).toEqual([false, true]);
  });

  test.each(['not json', '{"a":1}', '[1,null]'])('a shelf that holds something else holds none', (held) => {
    const drawer = new Drawer();
    drawer.setItem('charniere.je.refused', held);
    expect(new Refused(drawer).has('Signature', 'fr')).toBe(false);
  });

  test('a shelf that refuses does not stop the hand', () => {
    const shelf: Shelf = {
      getItem: () => {
        throw new Error('no');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    const refused = new Refused(shelf);
    refused.add('Signature', 'fr');
    expect(refused.has('Signature', 'fr')).toBe(true);
  });
});
