// What the replica needs of a real browser: sockets, time, chance, frames, the disk. Tests bring their own.
import type { Clock, Line } from '../wire/socket';
import type { Bootstrap } from '../wire/types.gen';
import { newId } from '../model/ids';
import { KeptOutbox, memoryOutbox } from '../model/outbox';
import type { Channel, Drawer, Outbox } from '../model/outbox';
import { Replica } from '../model/replica.svelte';

/** A replica of this page's board; `start()` connects it. */
export function openReplica(bootstrap: Bootstrap): Replica {
  const url = new URL(`/ws/${encodeURIComponent(bootstrap.board)}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let replica: Replica | null = null;
  const outbox = openOutbox(bootstrap, () => {
    if (replica) replica.volatile = true;
  });
  replica = new Replica(bootstrap, {
    open: () => new WebSocket(url) as Line,
    outbox,
    clock,
    random: Math.random,
    bytes,
    schedule: nextFrame,
  });
  return replica;
}

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Not randomUUID: that one needs https. */
function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** A hidden page has no frames, and still must know what happened. */
function nextFrame(run: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(once, 200);
  requestAnimationFrame(once);
}

function openOutbox(bootstrap: Bootstrap, onVolatile: () => void): Outbox {
  if (typeof indexedDB === 'undefined') return memoryOutbox();
  return new KeptOutbox({
    board: bootstrap.board,
    person: bootstrap.welcome.you.id,
    tab: newId(bytes),
    clock,
    channel:
      typeof BroadcastChannel === 'undefined'
        ? null
        : () => new BroadcastChannel('charniere.outbox') as Channel,
    drawer: drawer(),
    onVolatile,
  });
}

/** Reading `localStorage` itself may be refused. */
function drawer(): Drawer | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
