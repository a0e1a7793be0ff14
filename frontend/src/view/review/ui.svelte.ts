// What this screen shows and what its hands are doing. Nothing here is shared with anybody or kept by the server.
import { Aloud } from '../part/aloud.svelte';
import type { Tab } from './address';
import { NO_FILTER, isActive, type Filter } from './filter';
import type { Section } from './sections';

/** What is asked about a line before something is done to it. */
export type Asking = 'reject' | 'merge';

/** What one line does on this screen. One signal per line, so that going from one to the next repaints two of 400. */
export class Mark {
  current = $state(false);
  editing = $state(false);
}

/** `key`: of the button that says so. */
export interface Looked {
  readonly key: string;
  readonly objects: readonly string[];
}

export interface Drop {
  readonly line: string;
  readonly before: string | null;
}

/** What the server said of a value somebody entered, and what they had typed. */
export interface Problem {
  readonly text: string;
  readonly typed: unknown;
}

export class ReviewUi extends Aloud {
  tab: Tab = $state('review');
  filter: Filter = $state.raw(NO_FILTER);
  filtering: boolean = $derived(isActive(this.filter));
  /** Is the row of filters open? */
  filters = $state(false);
  /** Section → the objects that are looked at; all of them where nothing is said. */
  objects: Readonly<Record<string, Looked>> = $state.raw({});
  /** Line → a remark being written on it. */
  readonly remarks = new Map<string, string>();
  /** The section in which a line is being added, and the pipeline of a step. */
  adding: { readonly section: Section; readonly parent: string | null } | null = $state.raw(null);
  asking: Asking | null = $state(null);
  /** The attribute that the editor must go to, once. */
  attribute: string | null = $state(null);
  menu: string | null = $state(null);
  help = $state(false);
  /** Where the line being carried would go. */
  drop: Drop | null = $state.raw(null);
  /** `line/attribute` → why the server refused it. */
  problems: ReadonlyMap<string, Problem> = $state.raw(new Map());
  /** May single letters act? */
  letters = $state(true);
  width = $state(1440);
  phone = $derived(this.width < 720);
  /** The source panel stands beside the lines; else it is inside the open line. */
  beside = $derived(this.width >= 1180);
  /** The section in sight, for the contents. */
  section: Section = $state('objects');

  #current: string | null = $state(null);
  #editing: string | null = $state(null);
  readonly #marks = new Map<string, Mark>();

  constructor(private readonly store: Storage | null = null) {
    super();
    this.letters = look(store)['letters'] !== false;
  }

  /** The same choice as on the board. */
  setLetters(letters: boolean): void {
    this.letters = letters;
    try {
      this.store?.setItem('charniere.look', JSON.stringify({ ...look(this.store), letters }));
    } catch {
      // A full or forbidden store loses a preference, nothing else.
    }
  }

  mark(id: string): Mark {
    let mark = this.#marks.get(id);
    if (!mark) this.#marks.set(id, (mark = new Mark()));
    return mark;
  }

  get current(): string | null {
    return this.#current;
  }
  get editing(): string | null {
    return this.#editing;
  }
  /** Shows this line, in the list where it stands. */
  open(id: string | null): void {
    this.tab = 'review';
    this.menu = null;
    if (this.#current === id) return;
    if (this.#current) this.mark(this.#current).current = false;
    this.edit(null);
    this.asking = null;
    this.#current = id;
    if (id) this.mark(id).current = true;
  }
  edit(id: string | null, attribute: string | null = null): void {
    if (id && id !== this.#current) this.open(id);
    if (this.#editing) this.mark(this.#editing).editing = false;
    this.#editing = id;
    this.attribute = attribute;
    if (id) {
      this.mark(id).editing = true;
      this.asking = null;
    }
  }
  editAt(id: string, attribute: string): void {
    this.open(id);
    this.edit(id, attribute);
  }
  go(tab: Tab): void {
    this.tab = tab;
  }

  lookAt(section: Section, looked: Looked | null): void {
    const { [section]: _, ...others } = this.objects;
    this.objects = looked ? { ...others, [section]: looked } : others;
  }

  refused(line: string, name: string, problem: Problem | null): void {
    const key = `${line}/${name}`;
    if (!problem && !this.problems.has(key)) return;
    const problems = new Map(this.problems);
    if (problem) problems.set(key, problem);
    else problems.delete(key);
    this.problems = problems;
  }
  problem(line: string, name: string): Problem | undefined {
    return this.problems.get(`${line}/${name}`);
  }
}

function look(store: Storage | null): Record<string, unknown> {
  try {
    return JSON.parse(store?.getItem('charniere.look') ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}
