// @vitest-environment node
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BoardEdit } from '../wire/types.gen';
import { KeptOutbox } from './outbox';
import type { Channel, Drawer, Entry, OutboxDeps } from './outbox';
import { FakeClock } from './testing/clock';
import { World, note } from './testing/world';

let clock: FakeClock;
let drawer: Drawer & { held: Map<string, string> };
let ears: Set<FakeChannel>;

class FakeChannel implements Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  constructor() {
    ears.add(this);
  }
  postMessage(data: unknown): void {
    for (const other of ears) if (other !== this) other.onmessage?.({ data });
  }
  close(): void {
    ears.delete(this);
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock = new FakeClock();
  ears = new Set();
  const held = new Map<string, string>();
  drawer = {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
});

function open(tab: string, other: Partial<OutboxDeps> = {}): KeptOutbox<BoardEdit> {
  const deps = { document: 'board', person: 'ann', tab, clock, channel: () => new FakeChannel(), drawer };
  return new KeptOutbox({ ...deps, ...other });
}

function entry(edit_id: string, order = 0): Entry<BoardEdit> {
  const edit: BoardEdit = { type: 'set_note', note: 'n', set: { owner: edit_id } };
  return { edit_id, edit, at: clock.now(), epoch: 1, order };
}

/** Waits for the disk, a little time at a time. */
async function done<T>(work: Promise<T>, of: FakeClock = clock): Promise<T> {
  let ended = false;
  void work.finally(() => (ended = true));
  while (!ended) {
    await new Promise(setImmediate);
    of.pass(5);
  }
  return work;
}
const ids = (entries: readonly Entry<BoardEdit>[]): string[] => entries.map(({ edit_id }) => edit_id);

describe('what a tab left behind', () => {
  test('is found in its order by the next one, and by it alone', async () => {
    const first = open('tab-1');
    await done(first.put(entry('a', 0)));
    clock.sleep(-60_000);
    await done(first.put(entry('b', 1)));
    await done(first.put(entry('c', 2)));
    first.remove(['c']);
    first.close();
    expect(ids(await done(open('tab-2').adopt()))).toEqual(['a', 'b']);
    expect(ids(await done(open('tab-3').adopt()))).toEqual([]);
  });

  test('goes to one of two that open at the same moment', async () => {
    const first = open('tab-1');
    for (const id of ['a', 'b', 'c']) await done(first.put(entry(id)));
    first.close();
    const both = await done(Promise.all([open('tab-2').adopt(), open('tab-3').adopt()]));
    expect(both.map(ids).flat().sort()).toEqual(['a', 'b', 'c']);
  });

  test('is left alone while that tab answers', async () => {
    const first = open('tab-1');
    await done(first.put(entry('a')));
    const second = open('tab-2');
    expect(await done(second.adopt())).toEqual([]);
    first.close();
    expect(ids(await done(open('tab-3').adopt()))).toEqual(['a']);
  });

  test('is found without a way to ask, at the price of a harmless double', async () => {
    await done(open('tab-1', { channel: null }).put(entry('a')));
    expect(ids(await done(open('tab-2', { channel: null }).adopt()))).toEqual(['a']);
  });

  test('is of one board and one person', async () => {
    const first = open('tab-1');
    await done(first.put(entry('a')));
    first.close();
    expect(await done(open('tab-2', { document: 'other' }).adopt())).toEqual([]);
    expect(await done(open('tab-3', { person: 'bob' }).adopt())).toEqual([]);
    expect(ids(await done(open('tab-4').adopt()))).toEqual(['a']);
  });

  test('in its very last moment is found too, once', async () => {
    const first = open('tab-1');
    await done(first.put(entry('a', 0)));
    first.rescue([entry('a', 0), entry('b', 1)]);
    first.rescue([entry('c', 2)]);
    first.close();
    expect(ids(await done(open('tab-2').adopt()))).toEqual(['a', 'b', 'c']);
    expect([...drawer.held]).toEqual([]);
  });
});

describe('a browser that keeps nothing', () => {
  test('is said to, and edits are not held back', async () => {
    const warned = vi.fn();
    globalThis.indexedDB = { open: () => { throw new Error('refused'); } } as unknown as IDBFactory; // prettier-ignore
    const outbox = open('tab-1', { onVolatile: warned });
    await done(outbox.put(entry('a')));
    expect(await done(outbox.adopt())).toEqual([]);
    expect([outbox.volatile, warned.mock.calls.length]).toEqual([true, 1]);
  });

  test('or never answers, is waited for a second and no longer', async () => {
    globalThis.indexedDB = { open: () => new IDBOpenDBRequest() } as unknown as IDBFactory;
    const outbox = open('tab-1');
    const before = clock.now();
    await done(outbox.put(entry('a')));
    expect([outbox.volatile, clock.now() - before <= 1_010]).toEqual([true, true]);
    const second = clock.now();
    await done(outbox.put(entry('b')));
    expect(clock.now() - second).toBeLessThan(10);
  });

  test('survives a drawer that throws or holds nonsense', async () => {
    const broken: Drawer = {
      getItem: () => '{',
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined,
    };
    const outbox = open('tab-1', { drawer: broken });
    outbox.rescue([entry('a')]);
    expect(await done(outbox.adopt())).toEqual([]);
  });
});

describe('a replica', () => {
  let world: World;
  beforeEach(() => {
    world = new World([note('n1', { text: 'délai' })]);
    clock = world.clock;
  });
  const owner = (): string | undefined => world.server.value.get('note', 'n1')?.owner;
  const set = (to: string): BoardEdit => ({ type: 'set_note', note: 'n1', set: { owner: to } });
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      await new Promise(setImmediate);
      clock.pass(5);
      world.flush();
    }
  };

  test('sends nothing that is not kept yet', async () => {
    const ann = world.join('ann', { outbox: open('tab-1') });
    world.flush();
    ann.replica.edit(set('Karim'));
    world.flush();
    expect(world.server.log).toHaveLength(0);
    await rest();
    expect([owner(), ann.replica.state]).toEqual(['Karim', 'saved']);
    ann.replica.close();
    expect(await done(open('tab-2').adopt())).toEqual([]);
  });

  test('reloaded offline loses nothing and doubles nothing', async () => {
    const before = world.join('ann', { outbox: open('tab-1') });
    world.flush();
    await rest();
    before.line.cut();
    before.replica.edit({ type: 'add_notes', notes: [{ id: 'new-note', text: 'un' }], place: {} });
    before.replica.edit(set('Karim'));
    before.replica.close();
    const after = world.join('ann', { outbox: open('tab-2') });
    await rest();
    world.settle();
    expect(world.server.log.map(({ what }) => what)).toEqual(['add_notes', 'set_note']);
    expect(after.replica.parked).toEqual(['new-note']);
    await rest();
    expect(await done(open('tab-3').adopt())).toEqual([]);
  });

  test('closed after sending and before hearing counts once', async () => {
    const before = world.join('ann', { outbox: open('tab-1') });
    world.flush();
    before.replica.edit({ type: 'add_notes', notes: [{ id: 'new-note' }], place: {} });
    await new Promise((go) => setTimeout(go, 20));
    world.server.take(before.line);
    before.replica.close();
    const after = world.join('ann', { outbox: open('tab-2') });
    await rest();
    world.settle();
    expect([world.server.log.length, after.replica.parked, after.replica.pending]).toEqual([
      1,
      ['new-note'],
      0,
    ]);
  });

  test('offers words of another epoch or another day, and does not send them', async () => {
    const write: BoardEdit = { type: 'set_note_text', note: 'n1', text: 'délai long', base: 'délai' };
    const first = open('tab-1');
    await done(first.put({ ...entry('old-epoch'), edit: write, epoch: 0 }));
    await done(
      first.put({ ...entry('old-day'), edit: { ...write, note: 'n2' }, at: clock.now() - 2 * 86_400_000 }),
    );
    await done(first.put({ ...entry('old-click'), epoch: 0 }));
    first.close();
    const ann = world.join('ann', { outbox: open('tab-2') });
    await rest();
    expect(world.server.log).toEqual([]);
    expect(ann.replica.orphans.map(({ edit_id }) => edit_id)).toEqual(['old-day', 'old-epoch']);
    ann.replica.close();
    const again = world.join('ann', { outbox: open('tab-3') });
    await rest();
    expect(again.replica.orphans).toHaveLength(2);
    for (const { edit_id } of again.replica.orphans) again.replica.discard(edit_id);
    await rest();
    expect(await done(open('tab-4').adopt())).toEqual([]);
  });

  test('that cannot keep anything says so', async () => {
    const ann = world.join('ann');
    await rest();
    expect(ann.replica.volatile).toBe(true);
  });
});
