// Keeping up with the server: the confirmed value, my edits on their way, what to do with each message. No signal, no DOM.
// What is shown of it is the replica's.
import { Socket } from '../wire/socket';
import type { Clock, Hint, Line } from '../wire/socket';
import type {
  BoardEdit,
  Bootstrap,
  Code,
  Down,
  Rejected,
  Revision,
  Settled,
  Up,
  Welcome,
} from '../wire/types.gen';
import type { Emitter } from './emitter';
import { History } from './history';
import { newId } from './ids';
import type { Bytes } from './ids';
import { Orphans } from './orphans';
import type { Orphan } from './orphans';
import type { Entry, Outbox } from './outbox';
import { withPast } from './past';
import { predict } from './predict';
import { Queue } from './queue';
import type { Pending } from './queue';
import { isRemoved } from './records';
import { Value } from './value';

export interface ReplicaDeps {
  readonly open: () => Line;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly bytes: Bytes;
  /** Runs once, at the next frame. */
  readonly schedule: (run: () => void) => void;
}
export type SaveState = 'saved' | 'saving' | 'reconnecting' | 'offline' | 'stopped';
export interface Events {
  /** The server said no; the guess is gone from the screen. */
  refused: {
    readonly code: Code;
    readonly detail: Readonly<Record<string, string | number>>;
    readonly edit: BoardEdit;
  };
  /** Words that found no note to go to: to be shown, so that they can be copied. */
  'text-lost': { readonly noteId: string; readonly text: string };
  /** Words from before a restore or a long absence, to be sent again or not. */
  orphans: { readonly edits: readonly Orphan[] };
}
/** What the replica does when something happened. */
export interface Eyes {
  /** The value or what is pending changed: repaint. */
  readonly paint: () => void;
  /** The state of the line, of my edits or of undo changed. */
  readonly tell: () => void;
  /** About people and places, which are not the document. */
  readonly crowd: (message: Extract<Down, { type: 'welcome' | 'presence' | 'people' }>) => void;
  /** How a text is told. */
  readonly told: (message: Extract<Down, { type: 'phrasing' }>) => void;
  readonly events: Emitter<Events>;
}

const RETRY = 1_000; // milliseconds before an edit goes again that the server could not take just then
const ADOPT_FOR = 24 * 3_600_000; // unsent edits older than this are offered, not sent
const RETRIED: readonly Code[] = ['too_fast', 'storage'];
const OFFLINE_AFTER = 3; // failed attempts

export class Sync {
  readonly value: Value;
  readonly history = new History();
  /** True once the first welcome was applied. */
  ready = false;
  readonly #deps: ReplicaDeps;
  readonly #eyes: Eyes;
  readonly #socket: Socket;
  readonly #queue = new Queue();
  readonly #orphans: Orphans;
  #me: string;
  #epoch: number;
  #seq: number;
  #order = 0;
  #connection = 0;
  #held = false;
  #behind = 0;
  #stale = false;
  #scheduled = false;

  constructor({ welcome }: Bootstrap, deps: ReplicaDeps, eyes: Eyes) {
    this.#deps = deps;
    this.#eyes = eyes;
    this.#orphans = new Orphans(deps.outbox);
    this.value = new Value(welcome.snapshot ?? []);
    this.#me = welcome.you.id;
    this.#epoch = welcome.epoch;
    this.#seq = welcome.seq;
    this.#socket = new Socket({
      ...deps,
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
  get orphans(): readonly Orphan[] {
    return this.#orphans.all;
  }
  get pending(): readonly Pending[] {
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
  submit(edit: BoardEdit): string {
    const edit_id = newId(this.#deps.bytes);
    const entry: Entry = {
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

  /** Unsent words are sent after all, as a new edit: into their note, or into a new one where that is gone. */
  resume(editId: string, again: (edit: BoardEdit) => void): void {
    const edit = this.#orphans.all.find((each) => each.edit_id === editId)?.edit;
    if (edit?.type === 'set_note_text') {
      const note = this.value.get('note', edit.note);
      if (note && !isRemoved(note)) again(edit);
      else again({ type: 'add_notes', notes: [{ id: newId(this.#deps.bytes), text: edit.text }], place: {} });
    } else if (edit) again(edit);
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
  say(message: Up): boolean {
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

  #guess(item: Pending): void {
    const { edit, at } = item.entry;
    const undone = edit.type === 'undo' ? this.#changesOf(edit.edit) : undefined;
    const guess = predict(this.value, edit, { author: this.#me, at, undone });
    item.guess = typeof guess === 'string' ? [] : guess;
    this.value.lay(item.guess);
  }

  #changesOf(edit: string): Pending['guess'] | undefined {
    return this.history.changes(edit) ?? this.#queue.get(edit)?.guess;
  }

  #guessAll(): void {
    this.#stale = false;
    this.value.lift();
    for (const item of this.#queue.items) this.#guess(item);
  }

  #adopt(entries: readonly Entry[]): void {
    const now = this.#deps.clock.now();
    const old = (entry: Entry): boolean =>
      entry.orphan === true || entry.epoch !== this.#epoch || now - entry.at > ADOPT_FOR;
    for (const entry of entries) {
      if (!old(entry) && !this.#queue.get(entry.edit_id)) this.#queue.add(entry, true);
    }
    this.#offer(entries.filter(old));
    this.#changed();
    this.#pump();
  }

  /** Never sent again by itself. */
  #offer(entries: readonly Entry[]): void {
    const edits = this.#orphans.keep(entries, this.#epoch);
    if (edits.length > 0) this.#eyes.events.emit('orphans', { edits });
  }

  // ---- what the server says

  #welcomed(message: Welcome): void {
    this.#connection += 1;
    if (message.snapshot) this.#restart(message, message.snapshot);
    else if (message.epoch !== this.#epoch) {
      this.#socket.restart();
      return;
    }
    this.#me = message.you.id;
    this.#eyes.crowd(message);
    this.ready = true;
    this.#held = false;
    this.#pump();
    this.#eyes.tell();
  }

  #restart(message: Welcome, snapshot: Parameters<Value['reset']>[0]): void {
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

  #heard(message: Exclude<Down, Welcome>): void {
    switch (message.type) {
      case 'revisions':
        return this.#advance(message.revisions);
      case 'settled':
        return this.#settled(message);
      case 'refused':
        return this.#refused(message);
      case 'presence':
      case 'people':
        return this.#eyes.crowd(message);
      case 'phrasing':
        return this.#eyes.told(message);
      case 'beat':
        // what a beat tells of may still be on its way; by the next beat it is missing
        if (this.#behind > this.#seq) this.#socket.restart();
        else this.#behind = message.seq;
        return;
      case 'bye':
        return;
    }
  }

  #advance(revisions: readonly Revision[]): void {
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
    for (const { noteId, texts } of this.#queue.orphaned(item)) this.#lose(noteId, texts);
    this.history.forget(edit_id);
    this.#done(edit_id);
    this.#changed();
    if (!this.history.isIdle(edit)) this.#eyes.events.emit('refused', { code, detail, edit });
    this.#pump();
  }

  #lose(noteId: string, texts: readonly string[]): void {
    for (const text of texts) {
      if (text.trim() !== '') this.#eyes.events.emit('text-lost', { noteId, text });
    }
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
    const { edit } = item.entry;
    if (edit.type === 'set_note_text') this.#lose(edit.note, item.carried);
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
