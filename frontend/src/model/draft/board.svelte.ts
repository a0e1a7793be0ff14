// The board beside its review: what the notes, stages and channels were when the page was made, or last taken. Read only.
import type { BoardRecord } from '../../wire/types.gen';
import { cellKey, full, fullInfo } from '../records';
import type { BoardInfo, Channel, Full, FullNote, Stage } from '../records';
import { Value } from '../value';

export class BoardBeside {
  #seq: number = $state(0);
  #value: Value = $state.raw(new Value([{ type: 'board', title: '' }]));
  readonly #stages = $derived(this.#value.stages());
  readonly #channels = $derived(this.#value.channels());
  readonly #notes = $derived(new Map(this.#value.notes().map((note) => [note.id, full(note)])));

  constructor(records: readonly BoardRecord[], seq: number) {
    this.take(records, seq);
  }

  /** These records replace what was known. */
  take(records: readonly BoardRecord[], seq: number): void {
    this.#value = new Value(records);
    this.#seq = seq;
  }

  /** Of the board, when this was read. */
  get seq(): number {
    return this.#seq;
  }
  get info(): Full<BoardInfo> {
    return fullInfo(this.#value.info);
  }
  get stages(): readonly Stage[] {
    return this.#stages;
  }
  get channels(): readonly Channel[] {
    return this.#channels;
  }
  stage(id: string | null | undefined): Stage | undefined {
    return id ? this.#value.get('stage', id) : undefined;
  }
  channel(id: string | null | undefined): Channel | undefined {
    return id ? this.#value.get('channel', id) : undefined;
  }
  note(id: string | null | undefined): FullNote | undefined {
    return id ? this.#notes.get(id) : undefined;
  }
  /** All of them, the bin included, in no order. */
  get notes(): readonly FullNote[] {
    return [...this.#notes.values()];
  }
  /** The notes of one cell, in order, without the bin. */
  cell(stage: string | null, channel: string | null): readonly FullNote[] {
    return this.#value.at(cellKey(stage, channel)).map(full);
  }
}
