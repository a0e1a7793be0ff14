// What the four reading screens are given, and the little that they need of the draft and of its board.
import type {
  Channel,
  Correction,
  DraftEdit,
  Finding,
  Line,
  Question,
  Source,
  Stage,
} from '../../../wire/types.gen';
import type { Note } from '../../../wire/types.gen';
import type { SpecReader } from './spec.svelte';

export type Section = Line['section'];

/** One line as it stands: what the wall proposes and what people decided, put together. */
export interface TabLine {
  readonly id: string;
  readonly record: Line;
  readonly values: Readonly<Record<string, unknown>>;
  readonly label: string;
  readonly standing: string;
  readonly questions: readonly Question[];
  readonly unconfirmed: readonly string[];
  readonly sources: readonly Source[];
}

/** The draft's replica, as far as these screens go. */
export interface TabDraft {
  lines(section: Section, parent?: string | null): readonly string[];
  line(id: string): TabLine | undefined;
  byItem(item: string): TabLine | undefined;
  may(action: 'review'): boolean;
  edit(edit: DraftEdit): string;
  newId(): string;
}

/** The board beside the draft. */
export interface TabBoard {
  readonly stages: readonly Stage[];
  readonly channels: readonly Channel[];
  note(id: string): Note | undefined;
}

export interface TabProps {
  readonly draft: TabDraft;
  readonly board: TabBoard;
  readonly spec: SpecReader;
  /** Goes to the line in the Review tab, by its id in the specification. */
  readonly open: (item: string) => void;
  /** Makes a correction that a finding offers. */
  readonly correct: (finding: Finding, correction: Correction) => void;
}
