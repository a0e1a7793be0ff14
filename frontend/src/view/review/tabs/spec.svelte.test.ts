// Reading the specification: when it is asked for, what is kept, what is said when it fails.
import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { Spec } from '../../../wire/types.gen';
import { follow, SETTLE, SpecReader, type Answer } from './spec.svelte';

class Server {
  asked: { path: string; tag: string | undefined }[] = [];
  seq = 1;
  down = false;
  waits: { ms: number; run: () => void; off: boolean }[] = [];

  fetch = (path: string, init: { headers: Record<string, string> }): Promise<Answer> => {
    const tag = init.headers['If-None-Match'];
    this.asked.push({ path, tag });
    if (this.down) return Promise.reject(new Error('no network'));
    const mine = `"${this.seq}"`;
    const same = tag === mine;
    return Promise.resolve({
      ok: !same,
      status: same ? 304 : 200,
      headers: { get: () => mine },
      json: () => Promise.resolve({ project: { id: 'p', client: `at ${this.seq}` } } as Spec),
    });
  };
  after = (ms: number, run: () => void): (() => void) => {
    const wait = { ms, run, off: false };
    this.waits.push(wait);
    return () => (wait.off = true);
  };
  /** What waits, runs; then all that was begun ends. */
  async elapse(): Promise<void> {
    for (const wait of this.waits.splice(0)) if (!wait.off) wait.run();
    await settled();
  }
}

const settled = () => new Promise((done) => setTimeout(done));
const said = (reader: SpecReader) => reader.spec?.project.client;

describe('the reader of the specification', () => {
  test('reads at once the first time, and once for many edits after that', async () => {
    const server = new Server();
    const reader = new SpecReader('a b', server);
    reader.want(1);
    expect(reader.state).toBe('loading');
    await settled();
    expect(said(reader)).toBe('at 1');
    expect(server.asked[0]?.path).toBe('/api/boards/a%20b/specification');
    server.seq = 4;
    for (const seq of [2, 3, 4]) reader.want(seq);
    expect(server.asked).toHaveLength(1);
    expect(server.waits.map((wait) => wait.ms)).toEqual([SETTLE]);
    await server.elapse();
    expect(server.asked).toHaveLength(2);
    expect(said(reader)).toBe('at 4');
  });

  test('asks nothing for a revision that it has seen', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    reader.want(3);
    await settled();
    reader.want(3);
    reader.want(2);
    expect(server.waits).toHaveLength(0);
  });

  test('names what it holds, and keeps it when nothing has changed', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    reader.want(1);
    await settled();
    const held = reader.spec;
    reader.want(2);
    await server.elapse();
    expect(server.asked[1]?.tag).toBe('"1"');
    expect(reader.spec).toBe(held);
    expect(reader.state).toBe('ready');
  });

  test('keeps the last good one when a reading fails, and says so until one succeeds', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    reader.want(1);
    await settled();
    server.down = true;
    reader.want(2);
    await server.elapse();
    expect(reader.state).toBe('failed');
    expect(said(reader)).toBe('at 1');
    server.down = false;
    server.seq = 2;
    reader.again();
    await settled();
    expect(reader.state).toBe('ready');
    expect(said(reader)).toBe('at 2');
  });

  test('reads again what moved while it was reading', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    reader.want(1);
    reader.want(2);
    server.seq = 2;
    await settled();
    await server.elapse();
    expect(said(reader)).toBe('at 2');
  });

  test('asks nothing more once closed', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    reader.want(1);
    await settled();
    reader.want(2);
    reader.close();
    reader.want(3);
    await server.elapse();
    expect(server.asked).toHaveLength(1);
  });

  test('follows a draft whose revision is told by its painting', async () => {
    const server = new Server();
    const reader = new SpecReader('b', server);
    let seq = 1;
    let painted = $state(0);
    const draft = {
      get seq() {
        return seq;
      },
      get painted() {
        return painted;
      },
    };
    const end = $effect.root(() => follow(reader, draft));
    flushSync();
    await settled();
    expect(server.asked).toHaveLength(1);
    server.seq = seq = 2;
    painted += 1;
    flushSync();
    await server.elapse();
    expect(said(reader)).toBe('at 2');
    end();
  });
});
