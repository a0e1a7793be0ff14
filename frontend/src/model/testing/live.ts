// A real server to speak with, started by tests/e2e/test_replicas.py: coming in by its invitation, sockets that can be cut.
import type { Line } from '../../wire/socket';
import { memoryOutbox } from '../outbox';
import type { ReplicaDeps } from '../sync';

interface Asked {
  readonly base: string;
  readonly invitation: string;
  readonly people: number;
  readonly seconds: number;
  readonly seed: number;
}

const said = import.meta.env['VITE_LIVE'] as string | undefined;
export const isLive = Boolean(said);
export const asked = JSON.parse(said ?? '{}') as Asked;
export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Comes in by the invitation, as a browser would: the cookies, and the address of the board. */
export async function enter(name: string): Promise<{ cookie: string; place: string }> {
  const entered = await fetch(asked.invitation, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: asked.base, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ name, team: '+', other_team: 'Essais' }),
  });
  const cookie = entered.headers.getSetCookie().map((each) => each.split(';')[0]).join('; '); // prettier-ignore
  return { cookie, place: entered.headers.get('location') ?? '' };
}

/** What a page carries for its script. */
export async function bootstrapAt<T>(place: string, cookie: string): Promise<T> {
  const page = await fetch(new URL(place, asked.base), { headers: { cookie } });
  const script = /<script type="application\/json" id="bootstrap">(.*?)<\/script>/s.exec(await page.text());
  return JSON.parse(script?.[1] ?? '{}') as T;
}

/** What a replica needs; the sockets that it opens are put in `lines`. */
export function liveDeps<E>(document: string, cookie: string, lines: WebSocket[]): ReplicaDeps<E> {
  const url = `${asked.base.replace('http', 'ws')}/ws/${document}`;
  return {
    open: () => {
      const options = { headers: { cookie, origin: asked.base } } as unknown as string[];
      lines.push(new WebSocket(url, options));
      return lines.at(-1) as unknown as Line;
    },
    outbox: memoryOutbox(),
    clock: {
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    schedule: (run) => void setTimeout(run, 16),
  };
}
