// The value of a draft in the browser: its records in layers, with what the review asks of them: order, merged lines, comments.
import type { Change as AnyChange } from '../../wire/frames';
import { Layers, enlist } from '../layers';
import { inOrder } from '../records';
import { fullInfo, groupKey } from './records';
import type { Comment, DraftInfo, DraftRecord, Full, Line, Part, Section } from './records';

export type Change = AnyChange<DraftRecord>;

const NOBODY: ReadonlySet<string> = new Set();

export class DraftValue extends Layers<DraftRecord> {
  #groups = new Map<string, Set<string>>();
  #parts = new Set<string>();
  #lines = new Set<string>();
  #comments = new Set<string>();
  #said = new Map<string, Set<string>>();
  #merged = new Map<string, Set<string>>();
  #children = new Map<string, Set<string>>();

  constructor(records: Iterable<DraftRecord>) {
    super();
    this.reset(records);
  }

  override reset(records: Iterable<DraftRecord>): void {
    super.reset(records);
    if (this.byKey('draft:draft') === undefined) throw new Error('a draft without its draft record');
  }

  get info(): Full<DraftInfo> {
    return fullInfo(this.byKey('draft:draft') as DraftInfo);
  }
  line(id: string): Line | undefined {
    return this.byKey(`line:${id}`) as Line | undefined;
  }
  comment(id: string): Comment | undefined {
    return this.byKey(`comment:${id}`) as Comment | undefined;
  }
  /** What the compiler gives besides lines. */
  parts(): Part[] {
    return [...this.#parts].flatMap((id) => (this.byKey(`part:${id}`) as Part | undefined) ?? []);
  }
  get lineCount(): number {
    return this.#lines.size;
  }
  get commentCount(): number {
    return this.#comments.size;
  }
  /** The lines of a section (of one pipeline, for steps), in order, with those that were set aside. */
  siblings(section: Section, parent: string | null | undefined): Line[] {
    return this.#found(this.#groups.get(groupKey(section, parent))).sort(inOrder);
  }
  /** The steps of a pipeline. */
  children(line: string): Line[] {
    return this.#found(this.#children.get(line)).sort(inOrder);
  }
  /** The lines that were merged into this one, in order. */
  mergedInto(line: string): Line[] {
    return this.#found(this.#merged.get(line)).sort(inOrder);
  }
  /** What was remarked on a line, oldest first. */
  commentsOn(line: string): Comment[] {
    const comments = [...(this.#said.get(line) ?? NOBODY)].flatMap((id) => this.comment(id) ?? []);
    return comments.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #found(ids: ReadonlySet<string> | undefined): Line[] {
    return [...(ids ?? NOBODY)].flatMap((id) => this.line(id) ?? []);
  }

  protected emptied(): void {
    for (const index of [this.#groups, this.#said, this.#merged, this.#children]) index.clear();
    this.#parts.clear();
    this.#lines.clear();
    this.#comments.clear();
  }

  protected index(before: DraftRecord | null, after: DraftRecord | null): void {
    if (before) this.#enlist(before, false);
    if (after) this.#enlist(after, true);
  }

  #enlist(record: DraftRecord, present: boolean): void {
    if (record.type === 'comment') {
      mark(this.#comments, record.id, present);
      enlist(this.#said, record.line, record.id, present);
    } else if (record.type === 'line') {
      mark(this.#lines, record.id, present);
      enlist(this.#groups, groupKey(record.section, record.parent), record.id, present);
      if (record.parent) enlist(this.#children, record.parent, record.id, present);
      if (record.into) enlist(this.#merged, record.into, record.id, present);
    } else if (record.type === 'part') mark(this.#parts, record.id, present);
  }
}

function mark(ids: Set<string>, id: string, present: boolean): void {
  if (present) ids.add(id);
  else ids.delete(id);
}
