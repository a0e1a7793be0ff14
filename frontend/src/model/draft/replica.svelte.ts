// The draft of a specification in this browser: what the review reads of it. The one way to change it is `edit`, see live.svelte.ts.
// No DOM.
import type { Welcome } from '../../wire/frames';
import type { ReviewBootstrap, Seen } from '../../wire/types.gen';
import type { Writing } from '../document';
import { Live } from '../live.svelte';
import type { Events as AnyEvents } from '../live.svelte';
import { isRole, may } from '../rights';
import type { ReplicaDeps, SaveState } from '../sync';
import { DRAFT } from './kind';
import { SECTIONS } from './records';
import type {
  Comment,
  DraftEdit,
  DraftInfo,
  DraftRecord,
  Full,
  Json,
  Line,
  Question,
  Section,
  Source,
  Values,
} from './records';
import { DraftScreen } from './screen.svelte';
import type { Standing } from './standing';
import type { Count, LineState } from './state.svelte';
import type { DraftValue } from './value';

export { SECTIONS };
export type {
  Comment,
  Count,
  DraftEdit,
  DraftInfo,
  Json,
  Line,
  LineState,
  Question,
  SaveState,
  Section,
  Source,
  Standing,
  Values,
};
export type DraftDeps = ReplicaDeps<DraftEdit>;
export type DraftAction = 'review' | 'comment' | 'freeze' | 'approve' | 'undo' | 'download';
export type DraftEvents = AnyEvents<DraftEdit, Writing>;

const NO_COMMENTS: readonly Comment[] = [];
const NO_SEEN: readonly Seen[] = [];

/** A lost text is named by its comment's id, or as `line/attribute`. */
export class DraftReplica extends Live<DraftValue, DraftEdit, DraftRecord, Writing> {
  readonly document: string;
  readonly #screen: DraftScreen;
  readonly #progress = $derived.by(() => this.#summed());

  constructor(bootstrap: ReviewBootstrap, deps: DraftDeps) {
    const screen = new DraftScreen();
    // the generated types name a board's records in every welcome
    const welcome = bootstrap.welcome as unknown as Welcome<DraftRecord>;
    super({ kind: DRAFT, welcome, deps, screen, lost: (words) => words });
    this.document = bootstrap.document;
    this.#screen = screen;
  }

  get info(): Full<DraftInfo> {
    return this.#screen.info;
  }
  /** In order, those set aside included. Steps are asked for by their pipeline. */
  lines(section: Section, parent: string | null = null): readonly string[] {
    return this.#screen.group(section, parent);
  }
  line(id: string): LineState | undefined {
    return this.#screen.line(id);
  }
  /** All lines, in no order. */
  all(): readonly LineState[] {
    return this.#screen.all();
  }
  /** By the specification's id. */
  byItem(item: string): LineState | undefined {
    return this.#screen.byItem(item);
  }
  /** Oldest first. */
  comments(line: string): readonly Comment[] {
    return this.line(line)?.comments ?? NO_COMMENTS;
  }
  /** What the compiler gives besides lines (coverage, matrix, journey, codes ...), as JSON. */
  part(id: string): Json {
    return this.#screen.part(id);
  }
  count(section: Section): Count {
    return this.#screen.count(section);
  }
  /** Of all sections. */
  get progress(): Omit<Count, 'open'> {
    return this.#progress;
  }
  presenceOn(line: string): readonly Seen[] {
    return this.line(line)?.seen ?? NO_SEEN;
  }
  /** Would the server allow this, to me, now? A frozen draft takes only comments and `reopen` (the right to freeze). */
  may(action: DraftAction): boolean {
    const role = this.me.role ?? 'participant';
    return isRole(role) && may({ role, level: 'collaborate', locked: this.info.frozen }, action);
  }

  #summed(): Omit<Count, 'open'> {
    const counts = SECTIONS.map((section) => this.count(section));
    const sum = (of: (count: Count) => number): number => counts.reduce((total, each) => total + of(each), 0);
    return {
      total: sum((each) => each.total),
      reviewed: sum((each) => each.reviewed),
      conflicts: sum((each) => each.conflicts),
    };
  }
}
