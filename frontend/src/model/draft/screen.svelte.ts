// From the value of a draft to the signals: repaints the lines that were touched and the groups that they are in, all in one go.
import type { DraftInfo, Person, Seen } from '../../wire/types.gen';
import type { LiveScreen } from '../live.svelte';
import { same } from '../records';
import { SECTIONS, fullInfo, groupKey } from './records';
import type { Full, Line, Part, Section } from './records';
import { CountState, GroupState, LineState } from './state.svelte';
import type { Count } from './state.svelte';
import { standing } from './standing';
import type { DraftValue } from './value';

const NO_IDS: readonly string[] = [];
const NO_SEEN: readonly Seen[] = [];

/** What one line adds to the count of its section. */
interface Share {
  readonly section: Section;
  readonly reviewed: boolean;
  readonly conflict: boolean;
}

export class DraftScreen implements LiveScreen<DraftValue> {
  info: Full<DraftInfo> = $state.raw(fullInfo({ type: 'draft' }));
  others: readonly Seen[] = $state.raw(NO_SEEN);
  painted: number = $state(0);
  #people: ReadonlyMap<string, Person> = $state.raw(new Map());
  #groups: ReadonlyMap<string, GroupState> = $state.raw(new Map());
  #parts: ReadonlyMap<string, Part> = $state.raw(new Map());
  #known: number = $state(0);
  readonly #counts = new Map(SECTIONS.map((section) => [section, new CountState()]));
  readonly #shares = new Map<string, Share>();
  readonly #lines = new Map<string, LineState>();
  readonly #byItem = new Map<string, string>();
  readonly #commented = new Map<string, string>(); // comment -> line
  #pending = new Set<string>();
  #places = new Map<string, readonly Seen[]>();

  line(id: string): LineState | undefined {
    const state = this.#lines.get(id);
    if (state === undefined)
      void this.#known; // whoever asks too early is told when it comes,
    else void state.there; // and who has it, when it goes
    return state;
  }
  all(): LineState[] {
    void this.#known;
    return [...this.#lines.values()];
  }
  byItem(item: string): LineState | undefined {
    void this.#known;
    return this.#lines.get(this.#byItem.get(item) ?? '');
  }
  group(section: Section, parent: string | null): readonly string[] {
    return this.#groups.get(groupKey(section, parent))?.ids ?? NO_IDS;
  }
  count(section: Section): Count {
    return this.#counts.get(section)?.count ?? { total: 0, reviewed: 0, open: 0, conflicts: 0 };
  }
  part(id: string): unknown {
    return this.#parts.get(id)?.body;
  }
  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  /** Brings to the screen whatever was touched in the value since the last time. */
  paint(value: DraftValue): void {
    const dirty = value.takeDirty();
    if (dirty.size === 0) return;
    const lines = new Set<string>();
    const said = new Set<string>();
    let parts = false;
    for (const key of dirty) {
      const split = key.indexOf(':');
      const id = key.slice(split + 1);
      const type = key.slice(0, split);
      if (type === 'line') lines.add(id);
      else if (type === 'comment') said.add(id);
      else if (type === 'part') parts = true;
      else if (!same(this.info, value.info)) this.info = value.info;
    }
    this.#paintLines(lines, value);
    for (const each of this.#counts.values()) each.show();
    this.#paintComments(said, value);
    if (parts) this.#parts = new Map(value.parts().map((part) => [part.id, part]));
    this.painted += 1;
  }

  paintPending(now: Set<string>): void {
    for (const id of this.#pending) if (!now.has(id)) this.#lines.get(id)?.setPending(false);
    for (const id of now) this.#lines.get(id)?.setPending(true);
    this.#pending = now;
  }

  paintPeople(people: ReadonlyMap<string, Person>): void {
    this.#people = new Map(people);
  }

  paintPresence(others: readonly Seen[]): void {
    this.others = others;
    const places = new Map<string, Seen[]>();
    for (const seen of others) {
      if (seen.note) places.set(seen.note, [...(places.get(seen.note) ?? []), seen]);
    }
    for (const id of this.#places.keys()) if (!places.has(id)) this.#lines.get(id)?.setSeen(NO_SEEN);
    for (const [id, seen] of places) this.#lines.get(id)?.setSeen(seen);
    this.#places = places;
  }

  #paintLines(ids: ReadonlySet<string>, value: DraftValue): void {
    const groups = new Map<string, Line>();
    const takers = new Set<string>(); // lines that others were or are merged into
    const grouped = (line: Line | undefined): void => {
      if (line) groups.set(groupKey(line.section, line.parent), line);
    };
    for (const id of ids) {
      const before = this.#lines.get(id)?.painted;
      const now = value.line(id);
      for (const into of [before?.into, now?.into]) if (into) takers.add(into);
      if (before === now) continue;
      if (!before || !now || before.rank !== now.rank || isElsewhere(before, now)) {
        grouped(before);
        grouped(now);
      }
      this.#paintLine(id, now, value);
    }
    for (const id of takers) this.#paintLine(id, value.line(id), value);
    for (const [key, { section, parent }] of groups) this.#paintGroup(key, section, parent, value);
  }

  #paintLine(id: string, line: Line | undefined, value: DraftValue): void {
    const state = this.#lines.get(id);
    this.#tally(id, line);
    if (line === undefined) {
      if (!state) return;
      state.leave();
      this.#lines.delete(id);
      this.#byItem.delete(state.painted.item);
    } else if (state) state.paint(line, value.mergedInto(id));
    else {
      this.#lines.set(id, this.#born(line, value));
      this.#byItem.set(line.item, id);
    }
    if (line === undefined || state === undefined) this.#known += 1;
  }

  #born(line: Line, value: DraftValue): LineState {
    const state = new LineState(line, value.mergedInto(line.id));
    state.setPending(this.#pending.has(line.id));
    state.setSeen(this.#places.get(line.id) ?? NO_SEEN);
    state.setComments(value.commentsOn(line.id));
    return state;
  }

  #paintComments(ids: ReadonlySet<string>, value: DraftValue): void {
    const lines = new Set<string>();
    for (const id of ids) {
      const before = this.#commented.get(id);
      const now = value.comment(id)?.line;
      for (const line of [before, now]) if (line) lines.add(line);
      if (now) this.#commented.set(id, now);
      else this.#commented.delete(id);
    }
    for (const line of lines) this.#lines.get(line)?.setComments(value.commentsOn(line));
  }

  /** A group exists before it is asked for: a signal made while a view renders would not wake that view. */
  #paintGroup(key: string, section: Section, parent: string | null | undefined, value: DraftValue): void {
    const ids = value.siblings(section, parent).map((line) => line.id);
    const group = this.#groups.get(key);
    if (group) {
      if (!same(group.ids, ids)) group.ids = ids;
      return;
    }
    const born = new GroupState();
    born.ids = ids;
    this.#groups = new Map([...this.#groups, [key, born]]);
  }

  #tally(id: string, line: Line | undefined): void {
    const before = this.#shares.get(id);
    if (before) this.#add(before, -1);
    if (line === undefined) this.#shares.delete(id);
    else {
      const stands = standing(line);
      const reviewed = stands === 'validated' || stands === 'rejected' || stands === 'merged';
      const share = { section: line.section, reviewed, conflict: stands === 'conflict' };
      this.#shares.set(id, share);
      this.#add(share, 1);
    }
  }

  #add({ section, reviewed, conflict }: Share, sign: 1 | -1): void {
    this.#counts.get(section)?.add(reviewed ? sign : 0, reviewed ? 0 : sign, conflict ? sign : 0);
  }
}

function isElsewhere(one: Line, other: Line): boolean {
  return groupKey(one.section, one.parent) !== groupKey(other.section, other.parent);
}
