// Which notes of a large board have their words drawn: those on the screen and around it. The others are empty papers of the same height.
import type { Attachment } from 'svelte/attachments';
import { notesIn } from './dom';

/** A board with more notes than this draws only the near ones. */
export const LARGE = 400;

/** Pixels beyond the screen: notes nearer than `least` are drawn, farther than `most` are not; in between nothing changes. */
const MARGIN = { least: 350, drawn: 550, most: 900 } as const;
/** Rows that slid by less since the last look are not looked at again. */
const SLACK = (MARGIN.drawn - MARGIN.least) / 2;

export interface Band {
  readonly top: number;
  readonly bottom: number;
}

class Flag {
  on = $state(false);
}

/** The notes of one cell that are drawn, by their index: from `from` to just before `to`. */
export class Span {
  from = $state(0);
  to = $state(0);
  readonly #flags = new Map<string, Flag>();

  set(from: number, to: number): void {
    this.from = from;
    this.to = to;
  }
  /** Whether this note is drawn. Each has a signal of its own: one that comes in wakes itself and not all those it pushes down. */
  draws(note: string): boolean {
    return this.#flags.get(note)?.on ?? false;
  }
  /** Says which notes stand in the cell now, before they are drawn. */
  follow(notes: readonly string[]): void {
    const { from, to } = this;
    notes.forEach((note, index) => {
      let flag = this.#flags.get(note);
      if (!flag) this.#flags.set(note, (flag = new Flag()));
      flag.on = index >= from && index < to;
    });
    if (this.#flags.size === notes.length) return;
    const here = new Set(notes);
    for (const note of this.#flags.keys()) if (!here.has(note)) this.#flags.delete(note);
  }
}

export class Near {
  /** Whether far notes are spared at all. Once large, a board stays so: no going back and forth at the limit. */
  large = $state(false);
  /** Changes when notes may lie elsewhere than before: rows grew, or papers became notes. What is drawn over them follows. */
  slid = $state(0);
  /** Changes when heights learned before hold no more. */
  #era = $state(0);
  readonly #heights = new Map<string, number>();
  readonly #spans = new Map<string, Span>();
  readonly #rows = new Set<HTMLElement>();
  readonly #first: (stage: string, channel: string) => number;
  /** Where the wall and its rows were at the last look. */
  #seen: { screen: DOMRect; rows: ReadonlyMap<HTMLElement, DOMRect> } | undefined;
  #wall: HTMLElement | undefined;
  #watch: ResizeObserver | undefined;

  /** `first` says how many notes of a cell are drawn before anything was measured. */
  constructor(first: (stage: string, channel: string) => number) {
    this.#first = first;
  }

  span(stage: string, channel: string): Span {
    const key = `${stage}/${channel}`;
    let span = this.#spans.get(key);
    if (!span) {
      this.#spans.set(key, (span = new Span()));
      span.set(0, this.#first(stage, channel));
    }
    return span;
  }

  /** The height of a far note, as it was when last drawn. */
  height(id: string): number | undefined {
    void this.#era;
    return this.#heights.get(id);
  }
  /** Notes will have other heights: zoom, density. */
  forget(): void {
    this.#heights.clear();
    this.#era += 1;
  }

  /** The wall that scrolls. Its size and its rows' are told after the layout, so that looking forces none. */
  readonly wall: Attachment<HTMLElement> = (wall) => {
    this.#wall = wall;
    this.#watch = new ResizeObserver(() => {
      this.look();
      this.slid += 1;
    });
    this.#watch.observe(wall);
    for (const row of this.#rows) this.#watch.observe(row);
    return () => {
      this.#watch?.disconnect();
      this.#watch = this.#wall = this.#seen = undefined;
    };
  };
  readonly row: Attachment<HTMLElement> = (row) => {
    this.#rows.add(row);
    this.#watch?.observe(row);
    return () => {
      this.#rows.delete(row);
      this.#watch?.unobserve(row);
    };
  };

  /** From now on far notes are spared. */
  grow(): void {
    if (this.large) return;
    this.large = true;
    this.look();
  }

  /** Finds the notes near the screen, if they may be others than at the last look. Reads the page's layout: call it when that is fresh. */
  look(): void {
    if (!this.large || !this.#wall) return;
    const screen = this.#wall.getBoundingClientRect();
    const rows = new Map([...this.#rows].map((row) => [row, row.getBoundingClientRect()]));
    const seen = this.#seen;
    const same = seen && screen.height === seen.screen.height && screen.width === seen.screen.width;
    if (same && [...rows].every(([row, box]) => slid(seen.rows.get(row), box) <= SLACK)) return;
    this.#seen = { screen, rows };
    for (const [row, box] of rows) {
      const away = Math.max(screen.top - box.bottom, box.top - screen.bottom);
      for (const cell of row.querySelectorAll<HTMLElement>(':scope > .cell')) {
        const span = this.span(cell.dataset.stage ?? '', cell.dataset.channel ?? '');
        if (away > MARGIN.most) this.#leave(cell, span);
        else this.#lookInto(cell, span, screen);
      }
    }
    requestAnimationFrame(() => (this.slid += 1));
  }

  #leave(cell: HTMLElement, span: Span): void {
    if (span.from === span.to) return;
    this.#learn(notesIn(cell).slice(span.from, span.to));
    span.set(0, 0);
  }

  #lookInto(cell: HTMLElement, span: Span, screen: DOMRect): void {
    const box = cell.getBoundingClientRect();
    const aside = Math.max(screen.left - box.right, box.left - screen.right);
    if (aside > MARGIN.most) return this.#leave(cell, span);
    const notes = notesIn(cell);
    if (notes.length === 0) return span.set(0, Infinity);
    const at = (index: number): Band => {
      const note = notes[index] as HTMLElement;
      const top = box.top + note.offsetTop;
      return { top, bottom: top + note.offsetHeight };
    };
    const within = (margin: number) =>
      crossing(notes.length, at, { top: screen.top - margin, bottom: screen.bottom + margin });
    const least = within(aside > MARGIN.least ? -Infinity : MARGIN.least);
    const most = within(MARGIN.most);
    const to = Math.min(span.to, notes.length);
    const enough = least.from === least.to || (span.from <= least.from && to >= least.to);
    if (enough && (span.from >= to || (span.from >= most.from && to <= most.to))) return;
    const drawn = within(MARGIN.drawn);
    this.#learn(notes.slice(span.from, Math.min(to, drawn.from)));
    this.#learn(notes.slice(Math.max(span.from, drawn.to), to));
    span.set(drawn.from, drawn.to === notes.length ? Infinity : drawn.to); // what is added at the end is drawn too
  }

  /** Keeps the height of notes that are about to be drawn no more. */
  #learn(leaving: readonly HTMLElement[]): void {
    for (const note of leaving) {
      const { height } = note.getBoundingClientRect();
      if (note.dataset.note && height > 0) this.#heights.set(note.dataset.note, height);
    }
  }
}

/** How far the farthest edge went. */
const slid = (was: DOMRect | undefined, now: DOMRect): number =>
  was === undefined
    ? Infinity
    : Math.max(
        Math.abs(now.top - was.top),
        Math.abs(now.bottom - was.bottom),
        Math.abs(now.left - was.left),
        Math.abs(now.right - was.right),
      );

/** Which of these stacked things cross the band, by bisection. */
export function crossing(
  count: number,
  at: (index: number) => Band,
  band: Band,
): { readonly from: number; readonly to: number } {
  const first = (is: (thing: Band) => boolean): number => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (is(at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const from = first((thing) => thing.bottom >= band.top);
  return {
    from,
    to: Math.max(
      from,
      first((thing) => thing.top > band.bottom),
    ),
  };
}
