// A document in this browser, of whatever kind: my edits and how they fare, undo, who else is there, coming and going. Own edits show
// at once, as guesses over the value that the server confirmed. What there is to read is the replica's of each kind. No DOM.
import { untrack } from 'svelte';
import type { Welcome } from '../wire/frames';
import type { Hint } from '../wire/socket';
import type { Code, Here, Person, Seen } from '../wire/types.gen';
import { Crowd } from './crowd';
import type { Gathering } from './crowd';
import type { Asked, DocumentKind, DocumentValue, Writing } from './document';
import { Emitter } from './emitter';
import { newId } from './ids';
import type { Orphan } from './orphans';
import { Sync } from './sync';
import type { Aside, Refusal, ReplicaDeps, SaveState } from './sync';

/** E: the edits; L: how lost words are told. */
export interface Events<E, L> {
  /** The server said no; the guess is gone from the screen. */
  refused: Refusal<E>;
  /** Words that found nowhere to go: to be shown, so that they can be copied. */
  'text-lost': L;
  /** Words from before a restore or a long absence, to be sent again or not. */
  orphans: { readonly edits: readonly Orphan<E>[] };
}

/** From the value to the signals that views read. */
export interface LiveScreen<V> extends Gathering {
  readonly others: readonly Seen[];
  readonly painted: number;
  paint(value: V): void;
  /** What my edits on their way are about. */
  paintPending(ids: Set<string>): void;
  person(id: string): Person | undefined;
}

interface Parts<V extends DocumentValue<R>, E extends Asked, R, L> {
  readonly kind: DocumentKind<V, E, R>;
  readonly welcome: Welcome<R>;
  readonly deps: ReplicaDeps<E>;
  readonly screen: LiveScreen<V>;
  readonly lost: (words: Writing) => L;
}

export abstract class Live<V extends DocumentValue<R>, E extends Asked, R, L> {
  state: SaveState = $state('saved');
  /** How many of my edits are on their way. */
  pending: number = $state(0);
  canUndo: boolean = $state(false);
  canRedo: boolean = $state(false);
  /** True once the first welcome was applied. */
  ready: boolean = $state(false);
  /** Unsent words that wait for their author's decision. */
  orphans: readonly Orphan<E>[] = $state.raw([]);
  me: Person = $state.raw({ id: '', name: '' });
  /** Why the server sent us away for good, when `state` is 'stopped'. */
  stoppedBy: Code | undefined = $state(undefined);
  /** True when a closed tab would lose unsent edits (private window, full disk). */
  volatile: boolean = $state(false);

  readonly #kind: DocumentKind<V, E, R>;
  readonly #deps: ReplicaDeps<E>;
  readonly #screen: LiveScreen<V>;
  readonly #events = new Emitter<Events<E, L>>();
  readonly #crowd: Crowd;
  protected readonly sync: Sync<V, E, R>;
  readonly #leaving = new Set<() => void>();

  constructor({ kind, welcome, deps, screen, lost }: Parts<V, E, R, L>) {
    this.#kind = kind;
    this.#deps = deps;
    this.#screen = screen;
    this.#crowd = new Crowd(screen, deps.clock, (here) => this.sync.say(here));
    this.sync = new Sync(kind, welcome, deps, {
      paint: () => this.#paint(),
      tell: () => this.#tell(),
      heard: (message) => {
        this.#gather(message);
        this.heard(message);
      },
      refused: (refusal) => this.#events.emit('refused', refusal),
      lost: (words) => this.#events.emit('text-lost', lost(words)),
      offered: (edits) => this.#events.emit('orphans', { edits }),
    });
    this.#gather(welcome);
    this.#paint();
  }

  // ---- reading

  /** Where the others are. */
  get presence(): readonly Seen[] {
    return this.#screen.others;
  }
  /** Increases with every repaint: for what is derived from the whole document. */
  get painted(): number {
    return this.#screen.painted;
  }
  get seq(): number {
    return this.sync.seq;
  }
  get epoch(): number {
    return this.sync.epoch;
  }
  person(id: string): Person | undefined {
    return this.#screen.person(id);
  }
  on<K extends keyof Events<E, L>>(event: K, listener: (detail: Events<E, L>[K]) => void): () => void {
    return this.#events.on(event, listener);
  }

  // ---- changing

  /** An id for something new. */
  newId(): string {
    return newId(this.#deps.bytes);
  }

  /**
   * Shown at once, kept, sent. Returns the edit's id. `burst`: edits of one burst of typing are undone together.
   * What is too big for one edit goes as several, undone together; the id is the last one's.
   */
  edit(edit: E, burst?: string): string {
    const parts = this.#kind.pieces(edit);
    const unit = burst ?? (parts.length > 1 ? this.newId() : undefined);
    let id = '';
    for (const part of parts) {
      id = this.sync.submit(part);
      if (this.#kind.isUndoable(part)) this.sync.history.did(id, unit);
    }
    this.#tell();
    return id;
  }

  undo(): void {
    this.#commitDrafts();
    this.sync.history.undo((edit) => this.sync.submit(this.#kind.undo(edit)));
    this.#tell();
  }
  redo(): void {
    this.#commitDrafts();
    this.sync.history.redo((edit) => this.sync.submit(this.#kind.undo(edit)));
    this.#tell();
  }

  /** Unsent words are sent after all, as a new edit, wherever they can go now. */
  resume(editId: string): void {
    this.sync.resume(editId, (edit) => this.edit(edit));
  }
  discard(editId: string): void {
    this.sync.discard(editId);
  }

  /** Where I am; told to the others a few times a second at most. */
  here(place: Omit<Here, 'type'>): void {
    this.#crowd.here(place);
  }

  // ---- life

  /** Connects, and takes over what closed tabs left unsent. */
  start(): void {
    this.volatile = this.#deps.outbox.volatile;
    void this.sync.start().then(() => (this.volatile = this.#deps.outbox.volatile));
  }
  hint(hint: Hint): void {
    this.sync.hint(hint);
  }
  /** Words not yet committed must be before the page goes. */
  beforeLeaving(run: () => void): () => void {
    this.#leaving.add(run);
    return () => this.#leaving.delete(run);
  }
  /** The page is hidden or going away: everything typed is made safe now. */
  leave(): void {
    this.#commitDrafts();
    this.sync.rescue();
  }
  close(): void {
    this.leave();
    this.sync.stop();
  }

  /** What this kind of document hears besides people and places. */
  protected heard(_message: Aside<R>): void {
    return;
  }

  #commitDrafts(): void {
    for (const commit of this.#leaving) commit();
  }

  #gather(message: Aside<R>): void {
    if (message.type === 'presence') this.#crowd.seen(message.seen);
    else if (message.type === 'people') {
      this.#crowd.met(message.people);
      this.me = message.people.find((person) => person.id === this.me.id) ?? this.me; // renamed, or of another role
    } else if (message.type === 'welcome') {
      this.me = message.you;
      this.#crowd.begin(message);
    }
  }

  /** Untracked: an effect that edits must not wake itself. */
  #paint(): void {
    untrack(() => {
      const { pending, value } = this.sync;
      this.#screen.paintPending(new Set(pending.flatMap((item) => this.#kind.touches(item.entry.edit))));
      this.#screen.paint(value);
    });
  }

  #tell(): void {
    const { history, orphans, pending, ready, state, stoppedBy } = this.sync;
    this.pending = pending.length;
    this.canUndo = history.canUndo;
    this.canRedo = history.canRedo;
    this.ready = ready;
    this.orphans = orphans;
    this.stoppedBy = stoppedBy;
    this.state = state;
  }
}
