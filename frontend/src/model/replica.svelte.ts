// The board in this browser: what views read, and the one way to change it. Own edits show at once, as guesses over the value
// that the server confirmed; revisions advance that value and the guesses are made again. No DOM.
import { Socket } from '../wire/socket';
import type { Clock, Hint, Line } from '../wire/socket';
import type {
  BoardEdit,
  BoardInfo,
  Bootstrap,
  Channel,
  Code,
  Down,
  Here,
  Link,
  Person,
  Rejected,
  Revision,
  Seen,
  Settled,
  Stage,
  Welcome,
} from '../wire/types.gen';
import { Emitter } from './emitter';
import { History } from './history';
import { newId } from './ids';
import type { Bytes } from './ids';
import { toOrphans, words } from './orphans';
import type { Orphan } from './orphans';
import type { Entry, Outbox } from './outbox';
import { Crowd } from './crowd';
import { predict } from './predict';
import { Queue, touches } from './queue';
import type { Pending } from './queue';
import { withPast } from './past';
import { full, isRemoved } from './records';
import type { Full, FullNote } from './records';
import { isRole, may } from './rights';
import type { Action } from './rights';
import { Screen } from './screen.svelte';
import type { NoteState } from './state.svelte';
import { Value } from './value';

export type { Action, Hint, NoteState, Orphan };
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
export interface ReplicaDeps {
  readonly open: () => Line;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly bytes: Bytes;
  /** Runs once, at the next frame. */
  readonly schedule: (run: () => void) => void;
}

const RETRY = 1_000; // milliseconds before an edit goes again that the server could not take just then
const ADOPT_FOR = 24 * 3_600_000; // unsent edits older than this are offered, not sent
const RETRIED: readonly Code[] = ['too_fast', 'storage'];
const OFFLINE_AFTER = 3; // failed attempts

export class Replica {
  readonly board: string;
  state: SaveState = $state('saved');
  /** How many of my edits are on their way. */
  pending: number = $state(0);
  canUndo: boolean = $state(false);
  canRedo: boolean = $state(false);
  /** True once the first welcome was applied. */
  ready: boolean = $state(false);
  /** Unsent words that wait for their author's decision. */
  orphans: readonly Orphan[] = $state.raw([]);
  me: Person = $state.raw({ id: '', name: '' });
  /** Why the server sent us away for good, when `state` is 'stopped'. */
  stoppedBy: Code | undefined = $state(undefined);
  /** True when a closed tab would lose unsent edits (private window, full disk). */
  volatile: boolean = $state(false);

  readonly #deps: ReplicaDeps;
  readonly #screen = new Screen();
  readonly #value: Value;
  readonly #socket: Socket;
  readonly #crowd: Crowd;
  readonly #queue = new Queue();
  readonly #history = new History();
  readonly #events = new Emitter<Events>();
  readonly #leaving = new Set<() => void>();
  #epoch: number;
  #seq: number;
  #order = 0;
  #connection = 0;
  #held = false;
  #behind = 0;
  #stale = false;
  #scheduled = false;

  constructor(bootstrap: Bootstrap, deps: ReplicaDeps) {
    const { welcome } = bootstrap;
    this.#deps = deps;
    this.board = bootstrap.board;
    this.#value = new Value(welcome.snapshot ?? []);
    this.#epoch = welcome.epoch;
    this.#seq = welcome.seq;
    this.me = welcome.you;
    this.#socket = new Socket({
      ...deps,
      hello: () => ({ epoch: this.#epoch, since: this.#seq }),
      welcomed: (message) => this.#welcomed(message),
      heard: (message) => this.#heard(message),
      changed: () => this.#tellState(),
    });
    this.#crowd = new Crowd(this.#screen, deps.clock, (here) => this.#socket.send(here));
    this.#crowd.begin(welcome);
    this.#screen.paint(this.#value);
  }

  // ---- reading

  get info(): Full<BoardInfo> {
    return this.#screen.info;
  }
  get stages(): readonly Stage[] {
    return this.#screen.stages;
  }
  get channels(): readonly Channel[] {
    return this.#screen.channels;
  }
  /** Notes without a stage or without a channel. */
  get parked(): readonly string[] {
    return this.#screen.parked;
  }
  /** The bin, last removed first. */
  get binned(): readonly string[] {
    return this.#screen.binned;
  }
  get links(): readonly Link[] {
    return this.#screen.links;
  }
  /** Where the others are. */
  get presence(): readonly Seen[] {
    return this.#screen.others;
  }
  /** Increases with every repaint: for what is derived from the whole board. */
  get painted(): number {
    return this.#screen.painted;
  }
  get seq(): number {
    return this.#seq;
  }
  get epoch(): number {
    return this.#epoch;
  }
  note(id: string): NoteState | undefined {
    return this.#screen.note(id);
  }
  /** All notes, the bin included, in no order. */
  notes(): readonly NoteState[] {
    return this.#screen.notes();
  }
  /** All notes that are not in the bin, as values, for search and counts; computed again at every repaint. */
  all(): readonly FullNote[] {
    void this.#screen.painted;
    return this.#value
      .notes()
      .filter((note) => !isRemoved(note))
      .map(full);
  }
  cell(stage: string | null, channel: string | null): readonly string[] {
    return this.#screen.cell(stage, channel);
  }
  linksOf(note: string): readonly Link[] {
    return this.#screen.linksOf(note);
  }
  /** Is this cell empty, and declared so on purpose? */
  gap(stage: string, channel: string): boolean {
    return this.#screen.gap(stage, channel);
  }
  person(id: string): Person | undefined {
    return this.#screen.person(id);
  }
  presenceIn(stage: string | null, channel: string | null): readonly Seen[] {
    return this.#screen.seenIn(stage, channel);
  }
  writerOf(note: string): Person | undefined {
    return this.note(note)?.writer;
  }
  isPending(note: string): boolean {
    return this.note(note)?.pending ?? false;
  }
  /** Would the server allow this, to me, now? `note`: the note it is about. */
  may(action: Action, note?: string): boolean {
    const role = this.me.role ?? 'participant';
    if (!isRole(role)) return false;
    const own = note === undefined || this.note(note)?.author === this.me.id;
    return may({ role, level: 'collaborate', locked: this.info.locked }, action, own);
  }
  on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void {
    return this.#events.on(event, listener);
  }
  /** Calls back when the text of this note changes on screen; undefined once it is in the bin or gone. */
  watchText(note: string, told: (text: string | undefined) => void): () => void {
    return this.#screen.watchText(note, told);
  }

  // ---- changing

  /** An id for a new note, link, stage or channel. */
  newId(): string {
    return newId(this.#deps.bytes);
  }

  /** Shown at once, kept, sent. Returns the edit's id. `burst`: edits of one burst of typing are undone together. */
  edit(edit: BoardEdit, burst?: string): string {
    const id = this.#submit(edit);
    this.#history.did(id, burst);
    this.#tellState();
    return id;
  }

  undo(): void {
    this.#history.undo((edit) => this.#submit({ type: 'undo', edit }));
    this.#tellState();
  }
  redo(): void {
    this.#history.redo((edit) => this.#submit({ type: 'undo', edit }));
    this.#tellState();
  }

  /** Unsent words are sent after all, as a new edit: into their note, or into a new one where that is gone. */
  resume(editId: string): void {
    const orphan = this.orphans.find((each) => each.edit_id === editId);
    if (!orphan) return;
    const { edit } = orphan;
    const note = edit.type === 'set_note_text' ? this.#value.get('note', edit.note) : undefined;
    if (edit.type !== 'set_note_text' || (note && !isRemoved(note))) this.edit(edit);
    else this.edit({ type: 'add_notes', notes: [{ id: this.newId(), text: edit.text }], place: {} });
    this.discard(editId);
  }
  discard(editId: string): void {
    this.orphans = this.orphans.filter((each) => each.edit_id !== editId);
    this.#deps.outbox.remove([editId]);
  }

  /** Where I am; told to the others a few times a second at most. */
  here(place: Omit<Here, 'type'>): void {
    this.#crowd.here(place);
  }

  // ---- life

  /** Connects, and takes over what closed tabs left unsent. */
  start(): void {
    this.volatile = this.#deps.outbox.volatile;
    this.#socket.connect();
    void this.#deps.outbox.adopt().then((entries) => {
      this.#adopt(entries);
      this.volatile = this.#deps.outbox.volatile;
    });
  }
  hint(hint: Hint): void {
    this.#socket.hint(hint);
  }
  /** Called by drafts: words not yet committed must be before the page goes. */
  beforeLeaving(run: () => void): () => void {
    this.#leaving.add(run);
    return () => this.#leaving.delete(run);
  }
  /** The page is hidden or going away: everything typed is made safe now. */
  leave(): void {
    for (const run of this.#leaving) run();
    const unsafe = this.#queue.items.filter((item) => !item.stored);
    this.#deps.outbox.rescue(unsafe.map((item) => item.entry));
    for (const item of unsafe) item.stored = true;
    this.#pump();
  }
  close(): void {
    this.leave();
    this.#socket.stop();
    this.#deps.outbox.close();
  }

  // ---- own edits

  #submit(edit: BoardEdit): string {
    const edit_id = this.newId();
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
    this.#paint();
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

  #pump(): void {
    if (this.#held) return;
    this.#queue.pump(this.#connection, ({ edit_id, edit }) =>
      this.#socket.send({ type: 'submit', edit_id, edit }),
    );
  }

  #guess(item: Pending): void {
    const { edit, at } = item.entry;
    const undone = edit.type === 'undo' ? this.#changesOf(edit.edit) : undefined;
    const guess = predict(this.#value, edit, { author: this.me.id, at, undone });
    item.guess = typeof guess === 'string' ? [] : guess;
    this.#value.lay(item.guess);
  }

  #changesOf(edit: string): Pending['guess'] | undefined {
    return this.#history.changes(edit) ?? this.#queue.get(edit)?.guess;
  }

  #guessAll(): void {
    this.#stale = false;
    this.#value.lift();
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

  /** Never sent again by itself. Kept in the outbox until its author has decided. */
  #offer(entries: readonly Entry[]): void {
    const { orphans, absorbed } = toOrphans(entries);
    this.#deps.outbox.remove(absorbed);
    if (orphans.length === 0) return;
    for (const [order, { edit_id, edit, at }] of orphans.entries()) {
      void this.#deps.outbox.put({ edit_id, edit, at, epoch: this.#epoch, order, orphan: true });
    }
    this.orphans = [...this.orphans, ...orphans];
    this.#events.emit('orphans', { edits: orphans });
  }

  // ---- what the server says

  #welcomed(message: Welcome): void {
    this.#connection += 1;
    if (message.snapshot) this.#restart(message, message.snapshot);
    else if (message.epoch !== this.#epoch) {
      this.#socket.restart();
      return;
    }
    this.me = message.you;
    this.#crowd.begin(message);
    this.ready = true;
    this.#held = false;
    this.#pump();
    this.#tellState();
  }

  #restart(message: Welcome, snapshot: Parameters<Value['reset']>[0]): void {
    const restored = message.epoch !== this.#epoch || message.seq < this.#seq;
    this.#epoch = message.epoch;
    this.#seq = message.seq;
    this.#behind = 0;
    this.#value.reset(snapshot);
    if (restored) {
      this.#history.clear();
      this.#offer(this.#queue.empty());
    }
    for (const item of this.#queue.items) {
      if (item.recordedAt !== null && item.recordedAt <= this.#seq) this.#done(item.entry.edit_id);
    }
    this.#guessAll();
    this.#paint();
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
        return this.#crowd.seen(message.seen);
      case 'people':
        return this.#crowd.met(message.people);
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
        this.#history.remember(revision.edit_id, withPast(this.#value, revision.changes));
        this.#done(revision.edit_id);
      }
      this.#value.advance(revision.changes);
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
    if (typeof seq !== 'number') this.#history.forget(edit_id);
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
    if (edit.type === 'set_note_text' && !this.#queue.rewritten(edit_id, edit.note)) {
      if (words(edit).length > 0) this.#events.emit('text-lost', { noteId: edit.note, text: edit.text });
    }
    this.#history.forget(edit_id);
    this.#done(edit_id);
    this.#changed();
    this.#events.emit('refused', { code, detail, edit });
    this.#pump();
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
    if (this.#queue.drop(editId)) this.#deps.outbox.remove([editId]);
  }

  // ---- showing

  /** What is known changed: guessed and painted again at the next frame. */
  #changed(): void {
    this.#stale = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#deps.schedule(() => {
      this.#scheduled = false;
      if (this.#stale) this.#guessAll();
      this.#paint();
      this.#tellState();
    });
  }

  #paint(): void {
    this.#screen.paintPending(new Set(this.#queue.items.flatMap((item) => touches(item.entry.edit))));
    this.#screen.paint(this.#value);
  }

  #tellState(): void {
    this.pending = this.#queue.size;
    this.canUndo = this.#history.canUndo;
    this.canRedo = this.#history.canRedo;
    this.stoppedBy = this.#socket.stoppedBy;
    this.state = this.#saveState();
  }

  #saveState(): SaveState {
    const { state, attempts, online } = this.#socket;
    if (state === 'stopped') return 'stopped';
    const calm = state === 'live' || (attempts === 0 && !this.ready && online);
    if (calm) return this.#queue.size > 0 ? 'saving' : 'saved';
    return !online || attempts >= OFFLINE_AFTER ? 'offline' : 'reconnecting';
  }
}
