// What this screen shows and what its hands are doing. Nothing here is shared with anybody or kept by the server.
import type { Kind } from '../wire/types.gen';
import { NO_FILTER, isActive, type Filter } from './filter';
import { Aloud } from './part/aloud.svelte';

export const ZOOMS = [50, 65, 80, 100, 125, 150] as const;
export type Zoom = (typeof ZOOMS)[number];
export type Density = 'auto' | 'compact' | 'comfortable';

/** Where something is to be put: a cell (or one axis, or the parking), before one of its notes or at the end. */
export interface Spot {
  readonly stage: string | null;
  readonly channel: string | null;
  readonly before: string | null;
}

/** The side panels, one at a time. `id: null` means a new one. */
export type Panel =
  | { readonly is: 'find' }
  | { readonly is: 'bin' }
  | { readonly is: 'help' }
  | { readonly is: 'share' }
  | { readonly is: 'downloads' }
  | { readonly is: 'settings' }
  | { readonly is: 'persona' }
  | { readonly is: 'je' }
  | { readonly is: 'stage' | 'channel'; readonly id: string | null; readonly before?: string | null };

/** A note being written: it may not exist yet, its id is already chosen. */
export interface Writing extends Spot {
  readonly id: string;
  readonly isNew: boolean;
  readonly kind: Kind | null;
}

/** Words without a note, and where they were written. */
export interface Orphan {
  readonly text: string;
  readonly spot: Spot;
}

/** What the screen does with one note. One per note, so that a selection repaints two notes and not two thousand. */
export class Mark {
  selected = $state(false);
  writing = $state(false);
  carried = $state(false);
}

interface Kept {
  zoom: Zoom;
  density: Density;
  letters: boolean;
  kind: Kind | null;
}

export class Ui extends Aloud {
  zoom: Zoom = $state(80);
  density: Density = $state('auto');
  /** May single letters act? */
  letters = $state(true);
  /** The kind a new note gets. */
  kind: Kind | null = $state('touchpoint');
  allLinks = $state(false);
  parking = $state(false);
  panel: Panel | null = $state.raw(null);
  filter: Filter = $state.raw(NO_FILTER);
  filtering: boolean = $derived(isActive(this.filter));

  /** The note whose sheet is open beside it. */
  sheet: string | null = $state(null);
  /** The note whose « more » or « move to » menu is open. */
  menu: { readonly note: string; readonly is: 'more' | 'move' } | null = $state.raw(null);
  #selected: string | null = $state(null);
  /** Notes chosen together, when there are several. */
  #picked: readonly string[] = $state.raw([]);
  #writing: Writing | null = $state.raw(null);
  /** Notes being moved, and where they would go. */
  #carry: { readonly notes: readonly string[]; readonly by: 'pointer' | 'keys'; readonly to: Spot } | null =
    $state.raw(null);
  /** The note an arrow is being drawn from. */
  linking: string | null = $state(null);
  width = $state(1440);
  /** The last words typed: what the page shows when the board stops. */
  words = '';
  /** Notes deleted under somebody's hands whose words were offered back already. */
  readonly rescued = new Set<string>();
  /** Words that have no note any more, to be made one or copied. */
  orphans: readonly Orphan[] = $state.raw([]);
  #tooLong: Orphan | null = null;

  comfortable = $derived(this.density === 'auto' ? this.zoom >= 100 : this.density === 'comfortable');
  phone = $derived(this.width < 720 || (this.width < 1000 && inAHand()));
  tablet = $derived(!this.phone && this.width < 1100);

  readonly #marks = new Map<string, Mark>();

  readonly #words: string;

  /** `owner`: whose page of which board this is; words that wait for a decision are kept under this name. */
  constructor(
    private readonly store: Storage | null = null,
    owner = '',
  ) {
    super();
    this.#words = `charniere.words.${owner}`;
    this.orphans = readWords(store, this.#words);
    const kept = readKept(store);
    if (kept.zoom && ZOOMS.includes(kept.zoom)) this.zoom = kept.zoom;
    if (kept.density) this.density = kept.density;
    if (kept.letters !== undefined) this.letters = kept.letters;
    if (kept.kind !== undefined) this.kind = kept.kind;
  }

  mark(id: string): Mark {
    let mark = this.#marks.get(id);
    if (!mark) this.#marks.set(id, (mark = new Mark()));
    return mark;
  }

  get selected(): string | null {
    return this.#selected;
  }
  select(id: string | null): void {
    for (const one of this.#picked) this.mark(one).selected = one === this.#selected;
    this.#picked = [];
    if (this.#selected === id) return;
    if (this.#selected) this.mark(this.#selected).selected = false;
    this.#selected = id;
    if (id) this.mark(id).selected = true;
    if (this.sheet && this.sheet !== id) this.sheet = null;
    if (this.menu && this.menu.note !== id) this.menu = null;
  }
  get picked(): readonly string[] {
    return this.#picked;
  }
  /** Adds this note to those chosen together, or takes it out; the first time, keeps it while others are added. */
  pick(id: string): void {
    const before = this.#picked.length > 0 || this.#selected === id ? this.#picked : this.#alone();
    const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    this.select(after.at(-1) ?? null);
    this.sheet = null;
    this.menu = null;
    this.#picked = after;
    for (const one of after) this.mark(one).selected = true;
  }
  #alone(): readonly string[] {
    return this.#selected ? [this.#selected] : [];
  }
  /** What an act on this note is about: all that were chosen with it, or it alone. */
  several(id: string): readonly string[] {
    return this.#picked.includes(id) ? this.#picked : [id];
  }
  open(id: string): void {
    this.select(id);
    this.menu = null;
    this.sheet = id;
  }

  get writing(): Writing | null {
    return this.#writing;
  }
  write(writing: Writing | null): void {
    if (this.#writing) this.mark(this.#writing.id).writing = false;
    this.#writing = writing;
    if (writing) {
      this.mark(writing.id).writing = true;
      this.menu = null;
      this.sheet = null;
    }
  }

  get carry(): {
    readonly notes: readonly string[];
    readonly by: 'pointer' | 'keys';
    readonly to: Spot;
  } | null {
    return this.#carry;
  }
  setCarry(
    carry: { readonly notes: readonly string[]; readonly by: 'pointer' | 'keys'; readonly to: Spot } | null,
  ): void {
    for (const id of this.#carry?.notes ?? []) this.mark(id).carried = false;
    this.#carry = carry;
    for (const id of carry?.notes ?? []) this.mark(id).carried = true;
  }

  /** Words that could not stay where they were written are never dropped. */
  offer(text: string, spot: Spot): void {
    if (text.trim() === '' || this.orphans.some((one) => one.text === text)) return;
    this.orphans = [...this.orphans, { text, spot: at(spot) }];
    this.keepWords();
  }
  /** The first words offered were dealt with. */
  settled(): void {
    this.orphans = this.orphans.slice(1);
    this.keepWords();
  }
  /** What is being typed and cannot be sent for its length: should the page go, it is offered to who comes back. */
  holdTooLong(text: string | null, spot: Spot): void {
    if (text === null && this.#tooLong === null) return;
    this.#tooLong = text === null ? null : { text, spot: at(spot) };
    this.keepWords();
  }

  setZoom(zoom: Zoom): void {
    this.zoom = zoom;
    this.keep();
  }
  setDensity(density: Density): void {
    this.density = density;
    this.keep();
  }
  setKind(kind: Kind | null): void {
    this.kind = kind;
    this.keep();
  }
  setLetters(letters: boolean): void {
    this.letters = letters;
    this.keep();
  }
  zoomBy(step: 1 | -1): void {
    const next = ZOOMS[ZOOMS.indexOf(this.zoom) + step];
    if (next) this.setZoom(next);
  }

  private keepWords(): void {
    const words = this.#tooLong ? [...this.orphans, this.#tooLong] : this.orphans;
    try {
      if (words.length === 0) this.store?.removeItem(this.#words);
      else this.store?.setItem(this.#words, JSON.stringify(words));
    } catch {
      // They are still on the screen.
    }
  }
  private keep(): void {
    const kept: Kept = { zoom: this.zoom, density: this.density, letters: this.letters, kind: this.kind };
    try {
      this.store?.setItem('charniere.look', JSON.stringify(kept));
    } catch {
      // A full or forbidden store loses a preference, nothing else.
    }
  }
}

/** A phone lying down is as wide as a tablet, and too low for a grid. Its screen says so, whatever the keyboard hides. */
function inAHand(): boolean {
  const side = typeof screen === 'undefined' ? 0 : Math.min(screen.width, screen.height);
  return side > 0 && side < 500 && matchMedia('(pointer: coarse)').matches;
}

const at = ({ stage, channel, before }: Spot): Spot => ({ stage, channel, before });

function readWords(store: Storage | null, key: string): readonly Orphan[] {
  try {
    const kept: unknown = JSON.parse(store?.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one: Orphan) => typeof one.text === 'string' && one.spot) : [];
  } catch {
    return [];
  }
}

function readKept(store: Storage | null): Partial<Kept> {
  try {
    return JSON.parse(store?.getItem('charniere.look') ?? '{}') as Partial<Kept>;
  } catch {
    return {};
  }
}
