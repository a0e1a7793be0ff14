// Keeping up with the server: the confirmed value, my edits on their way, what to do with each message. No signal, no DOM.
// What is shown of it is the replica's.
import { Socket } from '../wire/socket';
import type { Clock, Hint, Line } from '../wire/socket';
import type { Down, Revision, Up, Welcome } from '../wire/frames';
import type { Code, Rejected, Settled } from '../wire/types.gen';
import type { Asked, Change, DocumentKind, DocumentValue, Writing } from './document';
import { History } from './history';
import { newId } from './ids';
import type { Bytes } from './ids';
import { Orphans } from './orphans';
import type { Orphan } from './orphans';
import type { Entry, Outbox } from './outbox';
import { withPast } from './past';
import { Queue } from './queue';
import type { Pending } from './queue';

export interface ReplicaDeps<E> {
  readonly open: () => Line;
  readonly outbox: Outbox<E>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly bytes: Bytes;
  /** Runs once, at the next frame. */
  readonly schedule: (run: () => void) => void;
}
export type SaveState = 'saved' | 'saving' | 'reconnecting' | 'offline' | 'stopped';
/** The server said no; the guess is gone from the screen. */
export interface Refusal<E> {
  readonly code: Code;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly edit: E;
}
/** What the replica does when something happened. */
export interface Eyes<E, R> {
  /** The value or what is pending changed: repaint. */
  readonly paint: () => void;
  /** The state of the line, of my edits or of undo changed. */
  readonly tell: () => void;
  /** What is not about the document itself: people, places, how a text is told. */
  readonly heard: (message: Aside<R>) => void;
  readonly refused: (refusal: Refusal<E>) => void;
  /** Words that found nowhere to go: to be shown, so that they can be copied. */
  readonly lost: (words: Writing) => void;
  /** Words from before a restore or a long absence, to be sent again or not. */
  readonly offered: (edits: readonly Orphan<E>[]) => void;
}
export type Aside<R> = Welcome<R> | Extract<Down<R>, { type: 'presence' | 'people' | 'phrasing' }>;

const RETRY = 1_000; // milliseconds before an edit goes again that the server could not take just then
const ADOPT_FOR = 24 * 3_600_000; // unsent edits older than this are offered, not sent
const RETRIED: readonly Code[] = ['too_fast', 'storage'];
const OFFLINE_AFTER = 3; // failed attempts

export class Sync<V extends DocumentValue<R>, E extends Asked, R> {
  readonly value: V;
  readonly history = new History<R>();
  /** True once the first welcome was applied. */
  ready = false;
  readonly #kind: DocumentKind<V, E, R>;
  readonly #deps: ReplicaDeps<E>;
  readonly #eyes: Eyes<E, R>;
  readonly #socket: Socket<R, E>;
  readonly #queue: Queue<E, R>;
  readonly #orphans: Orphans<E>;
  #me: string;
  #epoch: number;
  #seq: number;
  #order = 0;
  #connection = 0;
  #held = false;
  #behind = 0;
  #stale = false;
  #scheduled = false;

  constructor(kind: DocumentKind<V, E, R>, welcome: Welcome<R>, deps: ReplicaDeps<E>, eyes: Eyes<E, R>) {
    this.#kind = kind;
    this.#deps = deps;
    this.#eyes = eyes;
    this.#queue = new Queue(kind);
    this.#orphans = new Orphans(kind, deps.outbox);
    this.value = kind.load(welcome.snapshot ?? []);
    this.#me = welcome.you.id;
    this.#epoch = welcome.epoch;
    this.#seq = welcome.seq;
    this.#socket = new Socket({
      ...deps,
      decode: kind.decode,
      hello: () => ({ epoch: this.#epoch, since: this.#seq }),
      welcomed: (message) => this.#welcomed(message),
      heard: (message) => this.#heard(message),
      changed: () => this.#eyes.tell(),
    });
  }

  get seq(): number {
    return this.#seq;
  }
  get epoch(): number {
    return this.#epoch;
  }
  /** Unsent words that wait for their author's decision. */
  get orphans(): readonly Orphan<E>[] {
    return this.#orphans.all;
  }
  get pending(): readonly Pending<E, R>[] {
    return this.#queue.items;
  }
  get stoppedBy(): Code | undefined {
    return this.#socket.stoppedBy;
  }
  get state(): SaveState {
    const { state, attempts, online } = this.#socket;
    if (state === 'stopped') return 'stopped';
    const calm = state === 'live' || (attempts === 0 && !this.ready && online);
    if (calm) return this.#queue.size > 0 ? 'saving' : 'saved';
    return !online || attempts >= OFFLINE_AFTER ? 'offline' : 'reconnecting';
  }

  /** Shown at once, kept, sent. Returns the edit's id. */
  submit(edit: E): string {
    const edit_id = newId(this.#deps.bytes);
    const entry: Entry<E> = {
      edit_id,
      edit,
      at: this.#deps.clock.now(),
      epoch: this.#epoch,
      order: this.#order++,
    };
    const item = this.#queue.add(entry);
    if (this.#stale) this.#guessAll();
    else this.#guess(item);
    this.#eyes.paint();
    const storing = this.#deps.outbox.put(entry);
    if (storing === undefined) item.stored = true;
    else {
      void storing.then(() => {
        item.stored = true;
        this.#pump();
      });
    }
    this.#pump();
    return edit_id;
  }

  /** Unsent words are sent after all, as a new edit, wherever they can go now. */
  resume(editId: string, submit: (edit: E) => void): void {
    const orphan = this.#orphans.all.find((each) => each.edit_id === editId);
    if (orphan) submit(this.#kind.again(this.value, orphan.edit, this.#deps.bytes));
    this.discard(editId); // only now: until the new edit is kept, the old one is
  }
  discard(editId: string): void {
    this.#orphans.drop(editId);
    this.#eyes.tell();
  }

  /** Connects, and takes over what closed tabs left unsent. Done when that is known. */
  async start(): Promise<void> {
    this.#socket.connect();
    this.#adopt(await this.#deps.outbox.adopt());
  }
  hint(hint: Hint): void {
    this.#socket.hint(hint);
  }
  say(message: Up<E>): boolean {
    return this.#socket.send(message);
  }
  /** Everything not yet safe is made safe now, whatever happens to the page. */
  rescue(): void {
    const unsafe = this.#queue.items.filter((item) => !item.stored);
    this.#deps.outbox.rescue(unsafe.map((item) => item.entry));
    for (const item of unsafe) item.stored = true;
    this.#pump();
  }
  stop(): void {
    this.#socket.stop();
    this.#deps.outbox.close();
  }

  // ---- my edits

  #pump(): void {
    if (this.#held) return;
    this.#queue.pump(this.#connection, ({ edit_id, edit }) =>
      this.#socket.send({ type: 'submit', edit_id, edit }),
    );
  }

  #guess(item: Pending<E, R>): void {
    const { edit, at } = item.entry;
    const named = this.#kind.undoes(edit);
    const undone = named === undefined ? undefined : this.#changesOf(named);
    const guess = this.#kind.predict(this.value, edit, { author: this.#me, at, undone });
    item.guess = typeof guess === 'string' ? [] : guess;
    this.value.lay(item.guess);
  }

  #changesOf(edit: string): readonly Change<R>[] | undefined {
    return this.history.changes(edit) ?? this.#queue.get(edit)?.guess;
  }

  #guessAll(): void {
    this.#stale = false;
    this.value.lift();
    for (const item of this.#queue.items) this.#guess(item);
  }

  #adopt(entries: readonly Entry<E>[]): void {
    const now = this.#deps.clock.now();
    const old = (entry: Entry<E>): boolean =>
      entry.orphan === true || entry.epoch !== this.#epoch || now - entry.at > ADOPT_FOR;
    for (const entry of entries) {
      if (!old(entry) && !this.#queue.get(entry.edit_id)) this.#queue.add(entry, true);
    }
    this.#offer(entries.filter(old));
    this.#changed();
    this.#pump();
  }

  /** Never sent again by itself. */
  #offer(entries: readonly Entry<E>[]): void {
    const edits = this.#orphans.keep(entries, this.#epoch);
    if (edits.length > 0) this.#eyes.offered(edits);
  }

  // ---- what the server says

  #welcomed(message: Welcome<R>): void {
    this.#connection += 1;
    if (message.snapshot) this.#restart(message, message.snapshot);
    else if (message.epoch !== this.#epoch) {
      this.#socket.restart();
      return;
    }
    this.#me = message.you.id;
    this.#eyes.heard(message);
    this.ready = true;
    this.#held = false;
    this.#pump();
    this.#eyes.tell();
  }

  #restart(message: Welcome<R>, snapshot: readonly R[]): void {
    const restored = message.epoch !== this.#epoch || message.seq < this.#seq;
    this.#epoch = message.epoch;
    this.#seq = message.seq;
    this.#behind = 0;
    this.value.reset(snapshot);
    if (restored) {
      this.history.clear();
      this.#offer(this.#queue.empty());
    }
    for (const item of this.#queue.items) {
      if (item.recordedAt !== null && item.recordedAt <= this.#seq) this.#done(item.entry.edit_id);
    }
    this.#guessAll();
    this.#eyes.paint();
  }

  #heard(message: Exclude<Down<R>, Welcome<R>>): void {
    switch (message.type) {
      case 'revisions':
        return this.#advance(message.revisions);
      case 'settled':
        return this.#settled(message);
      case 'refused':
        return this.#refused(message);
      case 'presence':
      case 'people':
      case 'phrasing':
        return this.#eyes.heard(message);
      case 'beat':
        // what a beat tells of may still be on its way; by the next beat it is missing
        if (this.#behind > this.#seq) this.#socket.restart();
        else this.#behind = message.seq;
        return;
      case 'bye':
        return;
    }
  }

  #advance(revisions: readonly Revision<R>[]): void {
    for (const revision of revisions) {
      if (revision.seq <= this.#seq) continue;
      if (revision.seq !== this.#seq + 1) {
        this.#socket.restart();
        break;
      }
      if (this.#queue.get(revision.edit_id)) {
        this.history.remember(revision.edit_id, withPast(this.value, revision.changes));
        this.#done(revision.edit_id);
      }
      this.value.advance(revision.changes);
      this.#seq = revision.seq;
    }
    this.#changed();
    this.#pump();
  }

  #settled({ edit_id, seq }: Settled): void {
    const item = this.#queue.get(edit_id);
    if (!item) return;
    if (typeof seq === 'number' && seq > this.#seq) {
      item.recordedAt = seq; // its revision is still to come
      return;
    }
    if (typeof seq !== 'number') this.history.forget(edit_id);
    this.#done(edit_id);
    this.#changed();
    this.#pump();
  }

  #refused({ edit_id, code, detail }: Rejected): void {
    const item = this.#queue.get(edit_id);
    if (!item) return;
    if (RETRIED.includes(code) || (code === 'not_found' && this.#queue.dependsOnEarlier(edit_id))) {
      this.#queue.again(edit_id);
      this.#hold();
      return;
    }
    const { edit } = item.entry;
    for (const words of this.#queue.orphaned(item)) this.#lose(words);
    this.history.forget(edit_id);
    this.#done(edit_id);
    this.#changed();
    const named = this.#kind.undoes(edit);
    if (named === undefined || !this.history.isVoid(named)) this.#eyes.refused({ code, detail, edit });
    this.#pump();
  }

  #lose(words: Writing): void {
    if (words.text.trim() !== '') this.#eyes.lost(words);
  }

  #hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#deps.clock.after(RETRY, () => {
      this.#held = false;
      this.#pump();
    });
  }

  #done(editId: string): void {
    const item = this.#queue.drop(editId);
    if (!item) return;
    this.#deps.outbox.remove([editId]);
    for (const words of item.carried) this.#lose(words);
  }

  /** What is known changed: guessed and painted again at the next frame. */
  #changed(): void {
    this.#stale = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#deps.schedule(() => {
      this.#scheduled = false;
      if (this.#stale) this.#guessAll();
      this.#eyes.paint();
      this.#eyes.tell();
    });
  }
}
