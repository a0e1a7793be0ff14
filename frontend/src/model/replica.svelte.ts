// The board in this browser: what views read of it. The one way to change it is `edit`, see live.svelte.ts. No DOM.
import type {
  BoardEdit,
  BoardInfo,
  BoardRecord,
  Bootstrap,
  Channel,
  Link,
  Person,
  Seen,
  Stage,
} from '../wire/types.gen';
import type { Hint } from '../wire/socket';
import { BOARD } from './board_kind';
import { Live } from './live.svelte';
import type { Events as AnyEvents } from './live.svelte';
import type { Orphan as AnyOrphan } from './orphans';
import { Phrases } from './phrasing';
import type { Full } from './records';
import { isRole, may } from './rights';
import type { Action } from './rights';
import { Screen } from './screen.svelte';
import type { NoteState } from './state.svelte';
import type { Aside, ReplicaDeps as AnyDeps, SaveState } from './sync';
import { Draft } from './typing';
import type { Shown } from './typing';
import type { Value } from './value';

export type { Action, Hint, NoteState, SaveState };
export type ReplicaDeps = AnyDeps<BoardEdit>;
export type Orphan = AnyOrphan<BoardEdit>;
/** Words that found no note to go to. */
interface LostText {
  readonly noteId: string;
  readonly text: string;
}
export type Events = AnyEvents<BoardEdit, LostText>;

export class Replica extends Live<Value, BoardEdit, BoardRecord, LostText> {
  readonly board: string;
  /** How texts are told (« je »). */
  readonly phrases: Phrases;

  readonly #clock: ReplicaDeps['clock'];
  readonly #screen: Screen;

  constructor(bootstrap: Bootstrap, deps: ReplicaDeps) {
    const screen = new Screen();
    const lost = ({ id, text }: { id: string; text: string }): LostText => ({ noteId: id, text });
    super({ kind: BOARD, welcome: bootstrap.welcome, deps, screen, lost });
    this.board = bootstrap.board;
    this.#clock = deps.clock;
    this.#screen = screen;
    this.phrases = new Phrases(deps.clock, (message) => this.sync.say(message));
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
  /** Calls back when the text of this note changes on screen; undefined once it is in the bin or gone. */
  watchText(note: string, told: (text: string | undefined) => void): () => void {
    return this.#screen.watchText(note, told);
  }

  /** A box to write in a note. `add` makes the note out of the first words, when it does not exist yet. */
  draft(note: string, show: (shown: Shown) => void, add?: (text: string) => BoardEdit): Draft {
    return new Draft(this, note, this.#clock, show, add);
  }

  protected override heard(message: Aside<BoardRecord>): void {
    if (message.type === 'welcome') this.phrases.again();
    else if (message.type === 'phrasing') this.phrases.heard(message);
  }
}
