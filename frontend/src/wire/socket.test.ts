// @vitest-environment node
import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../model/testing/clock';
import { FakeLine } from '../model/testing/server';
import { decode } from './decode';
import { DEAD_AFTER, Socket } from './socket';
import type { BoardEdit, BoardRecord, Down, Welcome } from './types.gen';

const WELCOME: Welcome = { type: 'welcome', epoch: 1, seq: 0, you: { id: 'ann', name: 'Ann' }, people: [] };

let clock: FakeClock;
let lines: FakeLine[];
let heard: Down[];
let socket: Socket<BoardRecord, BoardEdit>;
let refuseToOpen: boolean;

beforeEach(() => {
  clock = new FakeClock();
  lines = [];
  heard = [];
  refuseToOpen = false;
  socket = new Socket({
    open: () => {
      if (refuseToOpen) throw new Error('blocked');
      lines.push(new FakeLine());
      return last();
    },
    decode,
    clock,
    random: () => 1,
    hello: () => ({ since: 7, epoch: 3 }),
    welcomed: (message) => heard.push(message),
    heard: (message) => heard.push(message),
    changed: () => undefined,
  });
});

const last = (): FakeLine => {
  const line = lines.at(-1);
  if (!line) throw new Error('no line');
  return line;
};

function live(): FakeLine {
  socket.connect();
  return goLive();
}

function goLive(): FakeLine {
  last().open();
  last().say(WELCOME);
  last().deliver();
  return last();
}

test('the first word is hello, with what was seen last', () => {
  socket.connect();
  expect(socket.state).toBe('connecting');
  last().open();
  expect(last().up.map((text) => JSON.parse(text))).toEqual([
    { type: 'hello', version: 1, since: 7, epoch: 3 },
  ]);
  expect(socket.state).toBe('greeting');
});

test('nothing is sent before the welcome, and nothing is lost by saying so', () => {
  socket.connect();
  expect(socket.send({ type: 'here' })).toBe(false);
  last().open();
  expect(socket.send({ type: 'here' })).toBe(false);
  last().say(WELCOME);
  last().deliver();
  expect(socket.send({ type: 'here' })).toBe(true);
  expect(last().up).toHaveLength(2);
});

test('a message before the welcome makes no sense: begin again', () => {
  socket.connect();
  last().open();
  last().say({ type: 'beat', seq: 1 });
  last().deliver();
  expect(socket.state).toBe('waiting');
  expect(heard).toEqual([]);
});

test('a line that says nothing for nine seconds is dead', () => {
  const line = live();
  clock.pass(DEAD_AFTER - 1);
  expect(socket.state).toBe('live');
  line.say({ type: 'beat', seq: 0 });
  line.deliver();
  clock.pass(DEAD_AFTER - 1);
  expect(socket.state).toBe('live');
  clock.pass(1);
  expect(socket.state).toBe('waiting');
  expect(line.isClosed).toBe(true);
});

test('a line that never opens is given up too', () => {
  socket.connect();
  clock.pass(DEAD_AFTER);
  expect(socket.state).toBe('waiting');
});

test('the first retry is quick, the next ones wait longer and longer, within a limit', () => {
  socket.connect();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    last().cut();
    const before = clock.now();
    const count = lines.length;
    while (lines.length === count) clock.pass(10);
    waits.push(clock.now() - before);
  }
  expect(waits[0]).toBeLessThanOrEqual(250);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(Math.max(...waits)).toBe(10_000);
});

test('after a good while on the line the next retry is quick again', () => {
  socket.connect();
  for (let attempt = 0; attempt < 6; attempt++) {
    last().cut();
    clock.pass(10_000);
  }
  const line = goLive();
  for (let i = 0; i < 4; i++) {
    clock.pass(4_000);
    line.say({ type: 'beat', seq: 0 });
    line.deliver();
  }
  line.cut();
  clock.pass(250);
  expect(socket.state).toBe('connecting');
});

test('an old line can do nothing once it is replaced', () => {
  const old = live();
  const { onmessage, onclose } = old;
  old.cut();
  clock.pass(250);
  goLive();
  heard = [];
  onmessage?.({ data: JSON.stringify({ type: 'beat', seq: 99 }) });
  onclose?.();
  expect(heard).toEqual([]);
  expect(socket.state).toBe('live');
});

test('a network that comes back, or eyes on the screen, end the waiting', () => {
  socket.connect();
  for (let attempt = 0; attempt < 5; attempt++) {
    last().cut();
    clock.pass(10_000);
  }
  last().cut();
  socket.hint('online');
  expect(socket.state).toBe('connecting');
  last().cut();
  socket.hint('visible');
  expect(socket.state).toBe('connecting');
});

test('a machine that wakes up does not believe its old line', () => {
  const old = live();
  clock.sleep(3_600_000);
  socket.hint('wake');
  expect(old.isClosed).toBe(true);
  expect(lines).toHaveLength(2);
  expect(socket.state).toBe('connecting');
});

test('without a network the line is given up sooner, unless the server still answers', () => {
  const line = live();
  socket.hint('offline');
  clock.pass(4_000);
  line.say({ type: 'beat', seq: 0 });
  line.deliver();
  clock.pass(4_000);
  expect(socket.state).toBe('live');
  clock.pass(1_000);
  expect(socket.state).toBe('waiting');
});

test('a frame that makes no sense ends the line, not the page', () => {
  const line = live();
  line.down.push('{"type":"revisions","revisions":[{"seq":"1"}]}');
  line.deliver();
  expect(socket.state).toBe('waiting');
});

test('a farewell for good is final, one for now is not', () => {
  live();
  last().say({ type: 'bye', code: 'storage', again: true });
  last().deliver();
  expect(socket.state).toBe('waiting');
  clock.pass(1_000);
  goLive();
  last().say({ type: 'bye', code: 'not_allowed', again: false });
  last().deliver();
  expect([socket.state, socket.stoppedBy]).toEqual(['stopped', 'not_allowed']);
  clock.pass(60_000);
  socket.hint('online');
  socket.connect();
  expect(lines).toHaveLength(2);
});

test('a browser that refuses to open a line is asked again later', () => {
  refuseToOpen = true;
  socket.connect();
  expect(socket.state).toBe('waiting');
  refuseToOpen = false;
  clock.pass(250);
  expect(socket.state).toBe('connecting');
});

test('half an emoji leaves as the replacement sign', () => {
  live();
  socket.send({
    type: 'submit',
    edit_id: 'e',
    edit: { type: 'set_note_text', note: 'n', text: 'a\ud83d', base: '' },
  });
  expect(last().up.at(-1)).toContain('"a�"');
});

test('nothing is left waiting once it is stopped', () => {
  live();
  socket.stop();
  expect(clock.waiting).toBe(0);
});
