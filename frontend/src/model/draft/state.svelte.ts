// What is on screen of one line, one signal per thing that repaints alone. Only `DraftScreen.paint` writes here; views only read.
import type { Seen } from '../../wire/types.gen';
import { same } from '../records';
import { fullLine } from './records';
import type { Comment, FullLine, Line, Question, Source, Values } from './records';
import { conflicts, effective, isEdited, openQuestions, standing, unconfirmed } from './standing';
import type { Standing } from './standing';

/** One line as the views read it. Reading a getter subscribes to that thing alone; `record` changes with any of them. */
export class LineState {
  readonly id: string;
  #record: FullLine = $state.raw(fullLine(NOTHING));
  #values: Values = $state.raw({});
  #label: string = $state('');
  #standing: Standing = $state('proposed');
  #conflicts: readonly string[] = $state.raw([]);
  #questions: readonly Question[] = $state.raw([]);
  #unconfirmed: readonly string[] = $state.raw([]);
  #edited: boolean = $state(false);
  #merged: readonly string[] = $state.raw([]);
  #sources: readonly Source[] = $state.raw([]);
  #comments: readonly Comment[] = $state.raw([]);
  #pending: boolean = $state(false);
  #seen: readonly Seen[] = $state.raw([]);
  #there: boolean = $state(true);
  #whole: Line;

  constructor(line: Line, merged: readonly Line[]) {
    this.id = line.id;
    this.#whole = line;
    this.paint(line, merged);
  }

  get record(): FullLine {
    return this.#record;
  }
  /** What stands, attribute by attribute, `label` included; an attribute without value is absent or empty. */
  get values(): Values {
    return this.#values;
  }
  get label(): string {
    return this.#label;
  }
  get standing(): Standing {
    return this.#standing;
  }
  /** The attributes of which the wall says something else since they were decided. */
  get conflicts(): readonly string[] {
    return this.#conflicts;
  }
  get questions(): readonly Question[] {
    return this.#questions;
  }
  get unconfirmed(): readonly string[] {
    return this.#unconfirmed;
  }
  /** Did people change anything of what the wall says? */
  get edited(): boolean {
    return this.#edited;
  }
  /** The lines that were merged into it. */
  get merged(): readonly string[] {
    return this.#merged;
  }
  /** Its own, and those of the lines that were merged into it. */
  get sources(): readonly Source[] {
    return this.#sources;
  }
  /** Oldest first. */
  get comments(): readonly Comment[] {
    return this.#comments;
  }
  /** Is an edit of mine on this line still on its way? */
  get pending(): boolean {
    return this.#pending;
  }
  /** Who else is on it. */
  get seen(): readonly Seen[] {
    return this.#seen;
  }

  /** False once the line is removed; one that comes back is another. */
  get there(): boolean {
    return this.#there;
  }

  /** @internal */
  paint(line: Line, merged: readonly Line[]): void {
    this.#whole = line;
    const record = fullLine(line);
    if (!same(this.#record, record)) this.#record = record;
    const values = effective(line);
    if (!same(this.#values, values)) this.#values = values;
    this.#label = typeof values['label'] === 'string' ? values['label'] : '';
    this.#standing = standing(line);
    this.#edited = isEdited(line);
    const met = conflicts(line);
    if (!same(this.#conflicts, met)) this.#conflicts = met;
    const questions = openQuestions(line);
    if (!same(this.#questions, questions)) this.#questions = questions;
    const open = unconfirmed(line);
    if (!same(this.#unconfirmed, open)) this.#unconfirmed = open;
    const ids = merged.map(({ id }) => id);
    if (!same(this.#merged, ids)) this.#merged = ids;
    const sources = united([line, ...merged]);
    if (!same(this.#sources, sources)) this.#sources = sources;
  }
  /** @internal */
  setComments(comments: readonly Comment[]): void {
    if (!same(this.#comments, comments)) this.#comments = comments;
  }
  /** @internal */
  setPending(pending: boolean): void {
    this.#pending = pending;
  }
  /** @internal */
  setSeen(seen: readonly Seen[]): void {
    if (!same(this.#seen, seen)) this.#seen = seen;
  }
  /** @internal */
  leave(): void {
    this.#there = false;
  }
  /** @internal the record last painted, without subscribing */
  get painted(): Line {
    return this.#whole;
  }
}

const NOTHING: Line = { type: 'line', id: '', item: '', section: 'objects', code: '', rank: '' };

function united(lines: readonly Line[]): readonly Source[] {
  const sources: Source[] = [];
  for (const source of lines.flatMap((line) => line.sources ?? [])) {
    if (!sources.some((other) => same(other, source))) sources.push(source);
  }
  return sources;
}

/** The ids of one section, or of one pipeline's steps, in order. */
export class GroupState {
  ids: readonly string[] = $state.raw([]);
}

/** How far the review of one section is. Every line counts; those set aside are reviewed. */
export interface Count {
  readonly total: number;
  /** Validated, or set aside. */
  readonly reviewed: number;
  /** The others: total - reviewed. */
  readonly open: number;
  readonly conflicts: number;
}

export class CountState {
  #count: Count = $state.raw({ total: 0, reviewed: 0, open: 0, conflicts: 0 });
  #reviewed = 0;
  #open = 0;
  #conflicts = 0;

  get count(): Count {
    return this.#count;
  }
  /** @internal not shown before `show` */
  add(reviewed: number, open: number, conflicts: number): void {
    this.#reviewed += reviewed;
    this.#open += open;
    this.#conflicts += conflicts;
  }
  /** @internal */
  show(): void {
    const [reviewed, open, conflicts] = [this.#reviewed, this.#open, this.#conflicts];
    const now = { total: reviewed + open, reviewed, open, conflicts };
    if (!same(now, this.#count)) this.#count = now;
  }
}
