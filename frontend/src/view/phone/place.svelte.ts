// Where a phone looks: one stage and one channel at a time, or the notes to be placed. Kept on the device, with the words not sent yet.
import { t } from '../../i18n';
import type { Replica } from '../../model/replica.svelte';
import type { Channel, Stage } from '../../wire/types.gen';
import type { Spot, Ui } from '../ui.svelte';

interface Kept {
  stage: string;
  channel: string;
  words: string;
}

export type Open = 'map' | 'menu' | 'people' | null;

export class Place {
  #stage: string = $state('');
  #channel: string = $state('');
  /** Where they were, for when one of them is taken away. */
  #lastStage = 0;
  #lastChannel = 0;
  /** Typed and not sent: they follow from cell to cell, and outlive the page. */
  #words: string = $state('');
  /** Which way the last stage came in. */
  from: 'left' | 'right' | null = $state(null);
  /** What lies over the cell, besides a note's sheet. */
  open: Open = $state(null);

  constructor(
    private readonly replica: Replica,
    private readonly ui: Ui,
    private readonly store: Storage | null,
  ) {
    const kept = this.#read();
    this.#stage = kept.stage ?? '';
    this.#channel = kept.channel ?? '';
    this.#words = kept.words ?? '';
  }

  get stageIndex(): number {
    return within(this.replica.stages, this.#stage, this.#lastStage);
  }
  get channelIndex(): number {
    return within(this.replica.channels, this.#channel, this.#lastChannel);
  }
  get stage(): Stage | undefined {
    return this.replica.stages[this.stageIndex];
  }
  get channel(): Channel | undefined {
    return this.replica.channels[this.channelIndex];
  }
  get parked(): boolean {
    return this.ui.parking;
  }
  /** Where a new note goes; null when the board has no grid yet. */
  get spot(): Spot | null {
    if (this.parked) return { stage: null, channel: null, before: null };
    if (!this.stage || !this.channel) return null;
    return { stage: this.stage.id, channel: this.channel.id, before: null };
  }
  get notes(): readonly string[] {
    const { spot } = this;
    if (this.parked) return this.replica.parked;
    return spot ? this.replica.cell(spot.stage, spot.channel) : [];
  }

  get words(): string {
    return this.#words;
  }
  set words(words: string) {
    this.#words = this.ui.words = words;
    this.#keep();
  }

  /** To the stage before or after; at an edge, stays. */
  step(by: 1 | -1): void {
    const next = this.replica.stages[this.stageIndex + by];
    if (next && !this.parked) this.go(next.id, this.channel?.id ?? '');
  }

  go(stage: string, channel: string): void {
    const before = this.stageIndex;
    const was = this.parked;
    this.ui.parking = false;
    this.open = null;
    this.#stage = stage;
    this.#channel = channel;
    this.#lastStage = this.stageIndex;
    this.#lastChannel = this.channelIndex;
    const moved = this.stageIndex - before;
    this.from = was || moved === 0 ? null : moved > 0 ? 'right' : 'left';
    this.ui.say(
      [this.stage?.name, this.channel?.name, t('board.cell.notes', { n: this.notes.length })].join(', '),
    );
    this.#keep();
  }

  /** To the cell where this note lies. */
  follow(id: string): void {
    const note = this.replica.note(id);
    if (!note || note.removedAt !== null) return;
    if (!note.stage || !note.channel) this.park();
    else if (this.parked || note.stage !== this.stage?.id || note.channel !== this.channel?.id)
      this.go(note.stage, note.channel);
  }

  park(): void {
    this.open = null;
    this.from = null;
    this.ui.parking = true;
  }

  #name(): string {
    return `charniere.phone.${this.replica.board}.${this.replica.me.id}`;
  }
  #keep(): void {
    const kept: Kept = { stage: this.#stage, channel: this.#channel, words: this.#words };
    try {
      this.store?.setItem(this.#name(), JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the words stay in the box as long as the page lives.
    }
  }
  #read(): Partial<Kept> {
    try {
      return JSON.parse(this.store?.getItem(this.#name()) ?? '{}') as Partial<Kept>;
    } catch {
      return {};
    }
  }
}

/** The index of this id; of what took its place when it is gone. */
function within(list: readonly { readonly id: string }[], id: string, last: number): number {
  const at = list.findIndex((one) => one.id === id);
  return at >= 0 ? at : Math.max(0, Math.min(last, list.length - 1));
}
