// The board in this browser: what views read, and the one way to change it. Own edits show at once, as guesses over the value
// that the server confirmed; revisions advance that value and the guesses are made again. No DOM.
import { untrack } from 'svelte';
import type { Hint } from '../wire/socket';
import type {
  BoardEdit,
  BoardInfo,
  Bootstrap,
  Channel,
  Code,
  Here,
  Link,
  Person,
  Seen,
  Stage,
} from '../wire/types.gen';
import { Crowd } from './crowd';
import { Emitter } from './emitter';
import { newId } from './ids';
import type { Orphan } from './orphans';
import { Phrases } from './phrasing';
import { pieces } from './pieces';
import { touches } from './queue';
import type { Full } from './records';
import { isRole, may } from './rights';
import type { Action } from './rights';
import { Screen } from './screen.svelte';
import type { NoteState } from './state.svelte';
import { Sync } from './sync';
import type { Events, ReplicaDeps, SaveState } from './sync';
import { Draft } from './typing';
import type { Shown } from './typing';

export type { Action, Events, Hint, NoteState, Orphan, ReplicaDeps, SaveState };

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

  /** How texts are told (« je »). */
  readonly phrases: Phrases;

  readonly #deps: ReplicaDeps;
  readonly #screen = new Screen();
  readonly #events = new Emitter<Events>();
  readonly #crowd: Crowd;
  readonly #sync: Sync;
  readonly #leaving = new Set<() => void>();

  constructor(bootstrap: Bootstrap, deps: ReplicaDeps) {
    this.#deps = deps;
    this.board = bootstrap.board;
    this.#crowd = new Crowd(this.#screen, deps.clock, (here) => this.#sync.say(here));
    this.phrases = new Phrases(deps.clock, (message) => this.#sync.say(message));
    this.#sync = new Sync(bootstrap, deps, {
      paint: () => this.#paint(),
      tell: () => this.#tell(),
      crowd: (message) => this.#gather(message),
      told: (message) => this.phrases.heard(message),
      events: this.#events,
    });
    this.#gather(bootstrap.welcome);
    this.#paint();
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
    return this.#sync.seq;
  }
  get epoch(): number {
    return this.#sync.epoch;
  }
  note(id: string): NoteState | undefined {
    return this.#screen.note(id);
  }
  /** All notes, the bin included, in no order. */
  notes(): readonly NoteState[] {
    return this.#screen.notes();
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

  /**
   * Shown at once, kept, sent. Returns the edit's id. `burst`: edits of one burst of typing are undone together.
   * What is too big for one edit goes as several, undone together; the id is the last one's.
   */
  edit(edit: BoardEdit, burst?: string): string {
    const parts = pieces(edit);
    const unit = burst ?? (parts.length > 1 ? this.newId() : undefined);
    let id = '';
    for (const part of parts) {
      id = this.#sync.submit(part);
      this.#sync.history.did(id, unit);
    }
    this.#tell();
    return id;
  }

  /** A box to write in a note. `add` makes the note out of the first words, when it does not exist yet. */
  draft(note: string, show: (shown: Shown) => void, add?: (text: string) => BoardEdit): Draft {
    return new Draft(this, note, this.#deps.clock, show, add);
  }

  undo(): void {
    this.#commitDrafts();
    this.#sync.history.undo((edit) => this.#sync.submit({ type: 'undo', edit }));
    this.#tell();
  }
  redo(): void {
    this.#commitDrafts();
    this.#sync.history.redo((edit) => this.#sync.submit({ type: 'undo', edit }));
    this.#tell();
  }

  /** Unsent words are sent after all, as a new edit: into their note, or into a new one where that is gone. */
  resume(editId: string): void {
    this.#sync.resume(editId, (edit) => this.edit(edit));
  }
  discard(editId: string): void {
    this.#sync.discard(editId);
  }

  /** Where I am; told to the others a few times a second at most. */
  here(place: Omit<Here, 'type'>): void {
    this.#crowd.here(place);
  }

  // ---- life

  /** Connects, and takes over what closed tabs left unsent. */
  start(): void {
    this.volatile = this.#deps.outbox.volatile;
    void this.#sync.start().then(() => (this.volatile = this.#deps.outbox.volatile));
  }
  hint(hint: Hint): void {
    this.#sync.hint(hint);
  }
  /** Called by drafts: words not yet committed must be before the page goes. */
  beforeLeaving(run: () => void): () => void {
    this.#leaving.add(run);
    return () => this.#leaving.delete(run);
  }
  /** The page is hidden or going away: everything typed is made safe now. */
  leave(): void {
    this.#commitDrafts();
    this.#sync.rescue();
  }
  close(): void {
    this.leave();
    this.#sync.stop();
  }

  #commitDrafts(): void {
    for (const commit of this.#leaving) commit();
  }

  #gather(message: Parameters<ConstructorParameters<typeof Sync>[2]['crowd']>[0]): void {
    if (message.type === 'presence') this.#crowd.seen(message.seen);
    else if (message.type === 'people') {
      this.#crowd.met(message.people);
      this.me = message.people.find((person) => person.id === this.me.id) ?? this.me; // renamed, or of another role
    } else {
      this.me = message.you;
      this.#crowd.begin(message);
      this.phrases.again();
    }
  }

  /** Untracked: an effect that edits must not wake itself. */
  #paint(): void {
    untrack(() => {
      this.#screen.paintPending(new Set(this.#sync.pending.flatMap((item) => touches(item.entry.edit))));
      this.#screen.paint(this.#sync.value);
    });
  }

  #tell(): void {
    const { history, orphans, pending, ready, state, stoppedBy } = this.#sync;
    this.pending = pending.length;
    this.canUndo = history.canUndo;
    this.canRedo = history.canRedo;
    this.ready = ready;
    this.orphans = orphans;
    this.stoppedBy = stoppedBy;
    this.state = state;
  }
}
