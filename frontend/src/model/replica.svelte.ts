// The board in this browser: what views read and the one way to change it.
import type { Bootstrap, Code, Link, Person, Seen, Stage, Channel, BoardEdit, Here } from '../wire/types.gen';
import { BIN, cellKey, fullInfo } from './records';
import type { BoardInfo, Full } from './records';
import type { Action } from './rights';
import { NO_IDS, NoteState } from './state.svelte';
import { Value } from './value';

export type SaveState = 'saved' | 'saving' | 'reconnecting' | 'offline' | 'stopped';
export type Hint = 'online' | 'offline' | 'visible' | 'wake';
/** An edit that was never confirmed and that only its author may send again. */
export interface Orphan {
  readonly edit_id: string;
  readonly edit: BoardEdit;
  readonly at: number;
}
export interface Events {
  refused: { code: Code; detail: Readonly<Record<string, string | number>>; edit: BoardEdit };
  'text-lost': { noteId: string; text: string };
  orphans: { edits: readonly Orphan[] };
}

/** Signature first; what it does lands next. */
export class Replica {
  info: Full<BoardInfo> = $state.raw(fullInfo({ type: 'board', title: '' }));
  stages: readonly Stage[] = $state.raw([]);
  channels: readonly Channel[] = $state.raw([]);
  parked: readonly string[] = $state.raw(NO_IDS);
  binned: readonly string[] = $state.raw(NO_IDS);
  links: readonly Link[] = $state.raw([]);
  presence: readonly Seen[] = $state.raw([]);
  state: SaveState = $state('reconnecting');
  pending: number = $state(0);
  canUndo: boolean = $state(false);
  canRedo: boolean = $state(false);
  orphans: readonly Orphan[] = $state.raw([]);
  me: Person = $state.raw({ id: '', name: '' });
  /** Why the server sent us away for good, when `state` is 'stopped'. */
  stoppedBy: Code | undefined = $state(undefined);
  /** True when unsent words could not survive a closed tab (private window, full disk). */
  volatile: boolean = $state(false);
  /** Increases with every repaint: for what is derived from the whole board. */
  painted: number = $state(0);

  #notes = new Map<string, NoteState>();
  #value: Value;

  constructor(bootstrap: Bootstrap) {
    this.#value = new Value(bootstrap.welcome.snapshot ?? []);
    for (const note of this.#value.notes()) this.#notes.set(note.id, new NoteState(note));
    this.info = fullInfo(this.#value.info);
    this.stages = this.#value.stages();
    this.channels = this.#value.channels();
    this.me = bootstrap.welcome.you;
  }

  note(id: string): NoteState | undefined {
    return this.#notes.get(id);
  }
  /** All notes, the bin included, in no order. */
  notes(): Iterable<NoteState> {
    return this.#notes.values();
  }
  cell(stage: string | null, channel: string | null): readonly string[] {
    return this.#value.at(cellKey(stage, channel)).map((note) => note.id);
  }
  linksOf(id: string): readonly Link[] {
    return this.#value.linksOf(id);
  }
  gap(stage: string, channel: string): boolean {
    return this.#value.get('gap', `${stage}_${channel}`) !== undefined && BIN !== '';
  }
  person(_id: string): Person | undefined {
    return undefined;
  }
  presenceIn(_stage: string | null, _channel: string | null): readonly Seen[] {
    return [];
  }
  writerOf(id: string): Person | undefined {
    return this.note(id)?.writer;
  }
  isPending(noteId: string): boolean {
    return this.note(noteId)?.pending ?? false;
  }
  may(_action: Action, _noteId?: string): boolean {
    return true;
  }
  /** `burst`: edits of the same burst of typing are undone together. */
  edit(_edit: BoardEdit, _burst?: string): string {
    return '';
  }
  /** An id for a new note, link, stage or channel. */
  newId(): string {
    return '';
  }
  undo(): void {}
  redo(): void {}
  here(_place: Omit<Here, 'type'>): void {}
  on<E extends keyof Events>(_event: E, _listener: (detail: Events[E]) => void): () => void {
    return () => {};
  }
  /** What was left unsent is sent again as a new edit, because its author said so. */
  resume(_editId: string): void {}
  discard(_editId: string): void {}
  /** What the page learned of the world. */
  hint(_hint: Hint): void {}
  /** The page is going away: keep what is unsent. */
  leave(): void {}
  /** Connect. */
  start(): void {}
  close(): void {}
}
