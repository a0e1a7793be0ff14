// What is on screen, one signal per thing that repaints alone: a note's text, its place, the rest of it; the list of one cell.
// Only `Screen.paint` writes here, once per animation frame; views only read.
import type { Person, Seen } from '../wire/types.gen';
import { full, same } from './records';
import type { FullNote, Note } from './records';

interface Place {
  readonly stage: string | null;
  readonly channel: string | null;
  readonly removedAt: number | null;
}

/** One note as the views read it. Every field has a value; reading one subscribes to its group alone. */
export class NoteState {
  readonly id: string;
  #text: string = $state('');
  #place: Place = $state.raw({ stage: null, channel: null, removedAt: null });
  #facts: FullNote = $state.raw(full({ type: 'note', id: '', number: 0, rank: '' }));
  #pending: boolean = $state(false);
  #writer: Person | undefined = $state.raw(undefined);
  #whole: Note;

  constructor(note: Note) {
    this.id = note.id;
    this.#whole = note;
    this.paint(note);
  }

  get text(): string {
    return this.#text;
  }
  get stage(): string | null {
    return this.#place.stage;
  }
  get channel(): string | null {
    return this.#place.channel;
  }
  /** In the bin since (milliseconds), or null. */
  get removedAt(): number | null {
    return this.#place.removedAt;
  }
  get number(): number {
    return this.#facts.number;
  }
  get kind(): FullNote['kind'] {
    return this.#facts.kind;
  }
  get emotion(): number | null {
    return this.#facts.emotion;
  }
  get momentOfTruth(): boolean {
    return this.#facts.moment_of_truth;
  }
  get crmObject(): string {
    return this.#facts.crm_object;
  }
  get owner(): string {
    return this.#facts.owner;
  }
  get team(): string {
    return this.#facts.team;
  }
  get due(): FullNote['due'] {
    return this.#facts.due;
  }
  get impact(): number | null {
    return this.#facts.impact;
  }
  get effort(): number | null {
    return this.#facts.effort;
  }
  get status(): FullNote['status'] {
    return this.#facts.status;
  }
  get votes(): number | null {
    return this.#facts.votes;
  }
  get author(): string {
    return this.#facts.author;
  }
  get createdAt(): number {
    return this.#facts.created_at;
  }
  /** Every field besides text and place, for the note's sheet. Text, stage, channel and rank in it may be old: read the getters. */
  get facts(): FullNote {
    return this.#facts;
  }
  /** Is an edit of mine on this note still on its way? */
  get pending(): boolean {
    return this.#pending;
  }
  /** Who else is writing in it now. */
  get writer(): Person | undefined {
    return this.#writer;
  }
  /** The whole record as it stands, subscribing to all of it. */
  get record(): FullNote {
    return {
      ...this.#facts,
      text: this.#text,
      stage: this.#place.stage,
      channel: this.#place.channel,
      removed_at: this.#place.removedAt,
      rank: this.#whole.rank,
    };
  }

  /** @internal */
  paint(note: Note): void {
    this.#whole = note;
    const now = full(note);
    if (this.#text !== now.text) this.#text = now.text;
    const { stage, channel, removedAt } = this.#place;
    if (stage !== now.stage || channel !== now.channel || removedAt !== now.removed_at) {
      this.#place = { stage: now.stage, channel: now.channel, removedAt: now.removed_at };
    }
    if (!same(factsOf(this.#facts), factsOf(now))) this.#facts = now;
  }
  /** @internal */
  setPending(pending: boolean): void {
    this.#pending = pending;
  }
  /** @internal */
  setWriter(writer: Person | undefined): void {
    this.#writer = writer;
  }
  /** @internal the record last painted, without subscribing */
  get painted(): Note {
    return this.#whole;
  }
}

function factsOf(note: FullNote): Partial<FullNote> {
  const { text: _t, stage: _s, channel: _c, removed_at: _r, rank: _k, ...facts } = note;
  return facts;
}

/** One cell: the ids of its notes in order, and who is there. */
export class CellState {
  ids: readonly string[] = $state.raw([]);
  seen: readonly Seen[] = $state.raw([]);
}
