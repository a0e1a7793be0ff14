// Edits that the server has not confirmed yet, kept on this machine: nothing typed is lost to a reload, a crash, a closed tab.
// Holds unsent edits only, never a state of the board. Same edit_id at every resend, so each counts once.
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Clock } from '../wire/socket';

/** E: the edits of the document. */
export interface Entry<E> {
  readonly edit_id: string;
  readonly edit: E;
  readonly at: number;
  readonly epoch: number;
  /** Place in the order of its tab. */
  readonly order: number;
  /** Its author must say whether it is to be sent again. */
  readonly orphan?: boolean;
}

export interface Outbox<E> {
  /** True when a closed tab would lose unsent edits. */
  readonly volatile: boolean;
  /** Done when the entry is safe, or as safe as it can be here. */
  put(entry: Entry<E>): Promise<void> | undefined;
  remove(ids: readonly string[]): void;
  /** What tabs that are gone left behind, in order; it is this tab's from now on. */
  adopt(): Promise<Entry<E>[]>;
  /** At once and synchronously: the page may end at any moment. */
  rescue(entries: readonly Entry<E>[]): void;
  close(): void;
}

/** What a BroadcastChannel is to us. */
export interface Channel {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

/** What the browser's simple storage is to us. */
export interface Drawer {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface OutboxDeps {
  readonly document: string;
  readonly person: string;
  readonly tab: string;
  readonly clock: Clock;
  /** How tabs find each other; null where the browser has no such thing. */
  readonly channel: (() => Channel) | null;
  readonly drawer: Drawer | null;
  /** Told when the outbox turns out not to keep anything. */
  readonly onVolatile?: () => void;
}

/** `board`: the document, of whatever kind. */
interface Row<E> extends Entry<E> {
  readonly board: string;
  readonly person: string;
  readonly tab: string;
}

interface Schema<E> extends DBSchema {
  edits: { key: string; value: Row<E>; indexes: { owner: [string, string] } };
}

const DATABASE = 'charniere';
const ROLL_CALL = 200; // milliseconds that living tabs have to answer
const PATIENCE = 1_000; // a disk that takes longer does not hold an edit back

/** Keeps nothing beyond this page: for tests, and where the browser refuses IndexedDB. */
export function memoryOutbox<E>(): Outbox<E> {
  return {
    volatile: true,
    put: () => undefined,
    remove: () => undefined,
    adopt: () => Promise.resolve([]),
    rescue: () => undefined,
    close: () => undefined,
  };
}

export class KeptOutbox<E> implements Outbox<E> {
  readonly #deps: OutboxDeps;
  readonly #channel: Channel | null;
  #database: Promise<IDBPDatabase<Schema<E>> | null>;
  #volatile = false;
  #alive = new Set<string>();

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#channel = attempt(() => deps.channel?.() ?? null) ?? null;
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data);
    this.#database = this.#open();
  }

  get volatile(): boolean {
    return this.#volatile;
  }

  put(entry: Entry<E>): Promise<void> {
    const { document: board, person, tab, clock } = this.#deps;
    const written = this.#with((database) => database.put('edits', { ...entry, board, person, tab }));
    if (this.#volatile) return Promise.resolve(); // tried all the same; nobody waits for it again
    return new Promise((done) => {
      const giveUp = clock.after(PATIENCE, () => {
        this.#fail();
        done();
      });
      void written.then(() => {
        giveUp();
        done();
      });
    });
  }

  remove(ids: readonly string[]): void {
    if (ids.length === 0) return;
    void this.#with(async (database) => {
      const transaction = database.transaction('edits', 'readwrite');
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
    });
  }

  async adopt(): Promise<Entry<E>[]> {
    const rescued = this.#takeRescued();
    for (const row of rescued) await this.put(row);
    const found = (await this.#with((database) => this.#others(database))) ?? [];
    const claimed = found.length > 0 ? await this.#claim(await this.#silent(found)) : [];
    const rows = new Map([...rescued, ...claimed].map((row) => [row.edit_id, row]));
    return inOrder([...rows.values()]);
  }

  rescue(entries: readonly Entry<E>[]): void {
    const { drawer, document: board, person, tab } = this.#deps;
    if (drawer === null || entries.length === 0) return;
    attempt(() => {
      const rows = [...this.#takeRescued(), ...entries.map((entry) => ({ ...entry, board, person, tab }))];
      drawer.setItem(this.#drawerKey, JSON.stringify(rows));
    });
  }

  close(): void {
    this.#channel?.close();
    void this.#database.then((database) => database?.close());
  }

  async #open(): Promise<IDBPDatabase<Schema<E>> | null> {
    try {
      return await openDB<Schema<E>>(DATABASE, 1, {
        upgrade: (database) => {
          database
            .createObjectStore('edits', { keyPath: 'edit_id' })
            .createIndex('owner', ['board', 'person']);
        },
      });
    } catch {
      this.#fail();
      return null;
    }
  }

  async #with<T>(work: (database: IDBPDatabase<Schema<E>>) => Promise<T>): Promise<T | undefined> {
    const database = await this.#database;
    if (database === null) return undefined;
    try {
      return await work(database);
    } catch {
      this.#fail();
      return undefined;
    }
  }

  async #others(database: IDBPDatabase<Schema<E>>): Promise<Row<E>[]> {
    const { document: board, person, tab } = this.#deps;
    const rows = await database.getAllFromIndex('edits', 'owner', [board, person]);
    return rows.filter((row) => row.tab !== tab);
  }

  /** The rows whose tab does not answer. A sleeping tab does not either: adopting from it is harmless, the ids are the same. */
  async #silent(rows: readonly Row<E>[]): Promise<readonly Row<E>[]> {
    if (this.#channel === null) return rows;
    this.#alive.clear();
    this.#channel.postMessage({ ask: this.#deps.document });
    await new Promise<void>((done) => this.#deps.clock.after(ROLL_CALL, done));
    return rows.filter((row) => !this.#alive.has(row.tab));
  }

  async #claim(rows: readonly Row<E>[]): Promise<Row<E>[]> {
    const claimed = await this.#with(async (database) => {
      const transaction = database.transaction('edits', 'readwrite');
      const mine: Row<E>[] = [];
      for (const row of rows) {
        const now = await transaction.store.get(row.edit_id);
        if (now?.tab !== row.tab) continue; // confirmed, or adopted by another tab that opened at the same moment
        await transaction.store.put({ ...now, tab: this.#deps.tab });
        mine.push(now);
      }
      await transaction.done;
      return mine;
    });
    return claimed ?? [];
  }

  get #drawerKey(): string {
    return `charniere.unsent.${this.#deps.document}.${this.#deps.person}`;
  }

  #takeRescued(): Row<E>[] {
    const { drawer } = this.#deps;
    const rows = attempt(() => {
      const text = drawer?.getItem(this.#drawerKey) ?? '[]';
      drawer?.removeItem(this.#drawerKey);
      return JSON.parse(text) as Row<E>[];
    });
    return Array.isArray(rows) ? rows : [];
  }

  #heard(data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    const { document: board, tab } = this.#deps;
    if ('ask' in data && data.ask === board) this.#channel?.postMessage({ alive: tab, board });
    else if ('alive' in data && typeof data.alive === 'string') this.#alive.add(data.alive);
  }

  #fail(): void {
    if (this.#volatile) return;
    this.#volatile = true;
    this.#deps.onVolatile?.();
  }
}

/** Tab after tab, each in its own order: a clock may have been set back, an order not. */
function inOrder<E>(rows: readonly Row<E>[]): Row<E>[] {
  const began = new Map<string, number>();
  for (const row of rows) began.set(row.tab, Math.min(row.at, began.get(row.tab) ?? Infinity));
  const start = (row: Row<E>): number => began.get(row.tab) ?? 0;
  return [...rows].sort(
    (a, b) => start(a) - start(b) || (a.tab < b.tab ? -1 : a.tab > b.tab ? 1 : a.order - b.order),
  );
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
