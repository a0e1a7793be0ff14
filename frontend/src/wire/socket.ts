// The life of the connection, as one state machine: waiting -> connecting -> greeting -> live, and back to waiting when it dies.
// Knows frames and time; what a message means is the replica's.
import type { Down, Up, Welcome } from './frames';
import type { Code, Hello } from './types.gen';

export const VERSION = 1;
export const DEAD_AFTER = 9_000; // milliseconds of silence; the server beats every 4 s
const DEAD_AFTER_WARNED = 5_000; // the same once the machine said that it has no network
const FIRST_RETRY = 250;
const LONGEST_RETRY = 10_000;
const CALM_AFTER = 10_000; // a line that lived this long was good: the next retry is quick again

/** What a WebSocket is to us; the browser's own fits. */
export interface Line {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
}

export interface Clock {
  /** Milliseconds since 1970, going on during sleep. */
  now(): number;
  /** Calls back once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}

export type LineState = 'idle' | 'waiting' | 'connecting' | 'greeting' | 'live' | 'stopped';
export type Hint = 'online' | 'offline' | 'visible' | 'wake';

export interface SocketDeps<R> {
  readonly open: () => Line;
  /** Raises for what is no message. */
  readonly decode: (text: string) => Down<R>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Asked at each connection: the last revision seen, and of which epoch. */
  readonly hello: () => Pick<Hello, 'since' | 'epoch'>;
  readonly welcomed: (welcome: Welcome<R>) => void;
  readonly heard: (message: Exclude<Down<R>, Welcome<R>>) => void;
  readonly changed: () => void;
}

/** R: the records of the document, E: its edits. */
export class Socket<R, E> {
  readonly #deps: SocketDeps<R>;
  #line: Line | null = null;
  #state: LineState = 'idle';
  #attempts = 0;
  #online = true;
  #lastHeard = 0;
  #liveSince = 0;
  #cancelRetry: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  stoppedBy: Code | undefined;

  constructor(deps: SocketDeps<R>) {
    this.#deps = deps;
  }

  get state(): LineState {
    return this.#state;
  }
  /** Failed attempts since the line was last good. */
  get attempts(): number {
    return this.#attempts;
  }
  /** False when the machine itself says that it has no network. */
  get online(): boolean {
    return this.#online;
  }

  connect(): void {
    if (this.#state !== 'idle' && this.#state !== 'waiting') return;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    let line: Line;
    try {
      line = this.#deps.open();
    } catch {
      this.#lose();
      return;
    }
    this.#line = line;
    // a replaced line may still call back: it is no longer `#line`, so nothing of it is heard
    line.onopen = () => this.#line === line && this.#greet(line);
    line.onmessage = ({ data }) => this.#line === line && this.#hear(data);
    line.onclose = () => this.#line === line && this.#lose();
    line.onerror = () => this.#line === line && this.#lose();
    this.#lastHeard = this.#deps.clock.now();
    this.#watch();
    this.#enter('connecting');
  }

  /** False when there is no line to take it; the caller keeps what must not be lost. */
  send(message: Up<E>): boolean {
    if (this.#state !== 'live' || this.#line === null) return false;
    return this.#put(this.#line, message);
  }

  /** What the page learned: a network, none, eyes on the screen, a long sleep that ended. */
  hint(hint: Hint): void {
    if (this.#state === 'stopped' || this.#state === 'idle') return;
    this.#online = hint === 'offline' ? false : hint === 'online' ? true : this.#online;
    if (hint === 'offline') {
      // a server on this very machine still answers: the line is only watched more closely
      if (this.#line !== null) this.#watch();
      this.#deps.changed();
      return;
    }
    if (this.#line !== null && this.#silence() > DEAD_AFTER_WARNED) this.#lose();
    if (this.#state === 'waiting') {
      this.#attempts = 0;
      this.connect();
    } else this.#deps.changed();
  }

  /** The line cannot be trusted (a revision is missing, a frame makes no sense): begin again from `hello`. */
  restart(): void {
    if (this.#line !== null) this.#lose();
  }

  stop(by?: Code): void {
    this.stoppedBy = by;
    this.#drop();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#enter('stopped');
  }

  #greet(line: Line): void {
    this.#lastHeard = this.#deps.clock.now();
    this.#enter('greeting');
    this.#put(line, { type: 'hello', version: VERSION, ...this.#deps.hello() });
  }

  #hear(data: unknown): void {
    this.#lastHeard = this.#deps.clock.now();
    let message: Down<R>;
    try {
      message = this.#deps.decode(String(data));
    } catch {
      this.restart();
      return;
    }
    if (message.type === 'bye') {
      if (message.again) this.#lose();
      else this.stop(message.code);
    } else if (message.type === 'welcome') {
      this.#liveSince = this.#lastHeard;
      this.#online = true;
      this.#state = 'live';
      this.#deps.welcomed(message);
      this.#deps.changed();
    } else if (this.#state === 'live') this.#deps.heard(message);
    else this.restart(); // nothing comes before the welcome
  }

  #put(line: Line, message: Up<E>): boolean {
    try {
      line.send(JSON.stringify(message, wellFormed));
      return true;
    } catch {
      this.restart();
      return false;
    }
  }

  #silence(): number {
    return this.#deps.clock.now() - this.#lastHeard;
  }

  /** One timer a line, set again for what is left of the silence allowed: nothing is done per frame. */
  #watch(): void {
    this.#cancelWatch?.();
    const left = (this.#online ? DEAD_AFTER : DEAD_AFTER_WARNED) - this.#silence();
    this.#cancelWatch = this.#deps.clock.after(Math.max(left, 0), () => {
      if (this.#silence() >= (this.#online ? DEAD_AFTER : DEAD_AFTER_WARNED)) this.#lose();
      else this.#watch();
    });
  }

  #lose(): void {
    const lived = this.#state === 'live' && this.#deps.clock.now() - this.#liveSince >= CALM_AFTER;
    this.#drop();
    if (lived) this.#attempts = 0;
    const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = this.#deps.clock.after(longest * (0.5 + this.#deps.random() / 2), () => {
      this.#cancelRetry = null;
      this.connect();
    });
    this.#enter('waiting');
  }

  #drop(): void {
    const line = this.#line;
    this.#line = null;
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    if (line === null) return;
    line.onopen = line.onmessage = line.onclose = line.onerror = null;
    line.close();
  }

  #enter(state: LineState): void {
    this.#state = state;
    this.#deps.changed();
  }
}

/** Half an emoji is no text: the server refuses it, so it becomes the replacement sign before it leaves. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}
