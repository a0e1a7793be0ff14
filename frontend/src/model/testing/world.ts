// A board, its server and the browsers on it, with time and lines in the hands of the test.
import type { BoardEdit, BoardRecord, Bootstrap, Note, Person } from '../../wire/types.gen';
import { memoryOutbox } from '../outbox';
import type { Outbox } from '../outbox';
import { Replica } from '../replica.svelte';
import { FakeClock, chance } from './clock';
import type { Asked } from '../document';
import type { ReplicaDeps, SaveState } from '../sync';
import type { Value } from '../value';
import { FakeServer } from './server';
import type { FakeLine, Server, Whole } from './server';

export const GRID: readonly BoardRecord[] = [
  { type: 'board', title: 'Parcours' },
  { type: 'stage', id: 'A', name: 'Découverte', rank: 'V000' },
  { type: 'stage', id: 'B', name: 'Achat', rank: 'V001' },
  { type: 'channel', id: 'X', name: 'Agence', rank: 'V000' },
  { type: 'channel', id: 'Y', name: 'Téléphone', rank: 'V001' },
];

let numbers = 0;

export function note(id: string, fields: Partial<Note> = {}): Note {
  numbers += 1;
  return {
    type: 'note',
    id,
    number: numbers,
    rank: `V${String(numbers).padStart(3, '0')}`,
    stage: 'A',
    channel: 'X',
    ...fields,
  };
}

export interface Seat<T> {
  readonly replica: T;
  readonly person: Person;
  /** The lines it opened, the latest last. */
  readonly lines: FakeLine[];
  readonly line: FakeLine;
  /** The next animation frame. */
  frame(): void;
}
export type Browser = Seat<Replica>;

interface Replicated {
  readonly state: SaveState;
  readonly ready: boolean;
  start(): void;
}
interface Joining<E> {
  outbox?: Outbox<E>;
  role?: string;
}

/** A document, its server and the browsers on it; T is what a browser holds. */
export abstract class AnyWorld<V extends Whole<R>, E extends Asked, R, T extends Replicated> {
  readonly clock = new FakeClock();
  abstract readonly server: Server<V, E, R>;
  readonly browsers: Seat<T>[] = [];
  readonly random: () => number;

  constructor(seed: number) {
    this.random = chance(seed);
  }

  protected abstract opened(person: Person, deps: ReplicaDeps<E>): T;

  /** A person opens the document. Nothing arrives before `flush`. */
  join(id: string, { outbox = memoryOutbox(), role = 'participant' }: Joining<E> = {}): Seat<T> {
    const person: Person = { id, name: id, role };
    if (!this.server.people.some((each) => each.id === id)) this.server.people.push(person);
    const lines: FakeLine[] = [];
    const frames: (() => void)[] = [];
    const replica = this.opened(person, {
      open: () => {
        const line = this.server.connect(person);
        lines.push(line);
        return line;
      },
      outbox,
      clock: this.clock,
      random: this.random,
      bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256)),
      schedule: (run) => frames.push(run),
    });
    const browser: Seat<T> = {
      replica,
      person,
      lines,
      get line(): FakeLine {
        const line = lines.at(-1);
        if (!line) throw new Error('no line was opened');
        return line;
      },
      frame: () => frames.splice(0).forEach((run) => run()),
    };
    this.browsers.push(browser);
    replica.start();
    return browser;
  }

  /** Time goes on, with beats, until everybody is back and nothing is on its way. */
  settle(): void {
    for (let second = 0; second < 60; second++) {
      this.flush();
      const there = this.browsers.filter(({ replica }) => replica.state !== 'stopped');
      if (there.every(({ replica }) => replica.state === 'saved' && replica.ready)) return;
      this.clock.pass(1_000);
      for (const { line } of this.server.lines) {
        if (line.greeted && !line.isClosed) line.say({ type: 'beat', seq: this.server.seq });
      }
    }
    throw new Error('the browsers do not come to rest');
  }

  /** Opens waiting lines, delivers everything, draws a frame everywhere; until nothing moves. */
  flush(): void {
    for (let round = 0; round < 3; round++) {
      for (const { line } of this.server.lines) if (!line.isOpen && !line.isClosed) line.open();
      this.server.flush();
      for (const browser of this.browsers) browser.frame();
    }
  }
}

export class World extends AnyWorld<Value, BoardEdit, BoardRecord, Replica> {
  readonly server: FakeServer;

  constructor(records: readonly BoardRecord[] = [], seed = 1) {
    super(seed);
    this.server = new FakeServer([...GRID, ...records]);
  }

  bootstrap(person: Person): Bootstrap {
    const { id, name, role } = person;
    return {
      version: 1,
      board: 'board',
      project: { id: 'p', client: 'Client' },
      role: role ?? 'participant',
      lang: 'fr',
      welcome: { ...this.server.welcome({ id, name, role: role ?? 'participant' }, true) },
    };
  }

  protected opened(person: Person, deps: ReplicaDeps<BoardEdit>): Replica {
    return new Replica(this.bootstrap(person), deps);
  }
}
