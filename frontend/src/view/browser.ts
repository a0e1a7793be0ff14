// What the replica needs of a real browser: sockets, time, chance, frames, the disk. Tests bring their own.
import type { Clock, Line } from '../wire/socket';
import type { BoardEdit, Bootstrap, DraftEdit, ReviewBootstrap } from '../wire/types.gen';
import { DraftReplica } from '../model/draft/replica.svelte';
import { newId } from '../model/ids';
import { KeptOutbox, memoryOutbox } from '../model/outbox';
import type { Channel, Drawer, Outbox } from '../model/outbox';
import { Replica } from '../model/replica.svelte';
import type { ReplicaDeps } from '../model/sync';

/** A replica of this page's board; `start()` connects it. */
export function openReplica(bootstrap: Bootstrap): Replica {
  const person = bootstrap.welcome.you.id;
  return opened(bootstrap.board, person, (deps: ReplicaDeps<BoardEdit>) => new Replica(bootstrap, deps));
}

/** A replica of this page's draft; `start()` connects it. */
export function openDraft(bootstrap: ReviewBootstrap): DraftReplica {
  const person = bootstrap.welcome.you.id;
  return opened(
    bootstrap.document,
    person,
    (deps: ReplicaDeps<DraftEdit>) => new DraftReplica(bootstrap, deps),
  );
}

function opened<E, T extends { volatile: boolean }>(
  document: string,
  person: string,
  make: (deps: ReplicaDeps<E>) => T,
): T {
  const url = new URL(`/ws/${encodeURIComponent(document)}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let replica: T | null = null;
  const outbox = openOutbox<E>(document, person, () => {
    if (replica) replica.volatile = true;
  });
  replica = make({
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

function openOutbox<E>(document: string, person: string, onVolatile: () => void): Outbox<E> {
  if (typeof indexedDB === 'undefined') return memoryOutbox();
  return new KeptOutbox({
    document,
    person,
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
