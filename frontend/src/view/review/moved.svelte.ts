// Has the wall moved since its lines were proposed? Asked from time to time while the page is looked at.
import { t } from '../../i18n';
import type { BoardBeside } from '../../model/draft/board.svelte';
import type { DraftReplica } from '../../model/draft/replica.svelte';
import type { BoardRecord } from '../../wire/types.gen';
import type { ReviewUi } from './ui.svelte';
import { refusal } from './words';

const EVERY = 15_000; // milliseconds
const TRIES = 60;

interface State {
  readonly board_seq: number;
  readonly proposed_seq: number;
}
interface Proposed {
  readonly changed: number;
  readonly conflicts: number;
  readonly seq: number;
}

export class WallWatch {
  /** How many changes the wall is ahead. */
  behind = $state(0);
  busy = $state(false);

  constructor(
    private readonly path: string,
    private readonly replica: DraftReplica,
    private readonly board: BoardBeside,
    private readonly ui: ReviewUi,
    private readonly ask: typeof fetch = (...asked) => fetch(...asked),
  ) {}

  /** Until what it returns is called. */
  start(): () => void {
    const look = (): void => {
      if (document.visibilityState !== 'hidden') void this.look();
    };
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }

  async look(): Promise<void> {
    try {
      const answer = await this.ask(`${this.path}/specification/state`);
      if (!answer.ok) return;
      const state = (await answer.json()) as State;
      this.behind = Math.max(0, state.board_seq - state.proposed_seq);
      if (this.behind === 0 && state.proposed_seq > this.board.seq) await this.read();
    } catch {
      // Offline: the bar says so already, and it will be asked again.
    }
  }

  /** Brings in what the wall says now; decisions stay. */
  async update(): Promise<void> {
    if (this.busy || !this.replica.may('review')) return;
    this.busy = true;
    const before = new Set(this.replica.all().map((line) => line.id));
    try {
      const answer = await this.ask(`${this.path}/specification/proposals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      const said = (await answer.json()) as Proposed & {
        code?: string;
        detail?: Record<string, string | number>;
      };
      if (!answer.ok) {
        this.tell(refusal(said.code ?? 'internal', said.detail ?? {}), true);
        return;
      }
      this.behind = 0;
      await this.read();
      await this.caughtUp(said.seq);
      const fresh = this.replica.all().filter((line) => !before.has(line.id)).length;
      this.tell(summary(said.changed, fresh, said.conflicts), false);
    } catch {
      this.tell(t('review.moved.failed'), true);
    } finally {
      this.busy = false;
    }
  }

  /** The lines come by another way than the answer: what is counted must be there. */
  private async caughtUp(seq: number): Promise<void> {
    for (let tries = 0; this.replica.seq < seq && tries < TRIES; tries++)
      await new Promise((done) => setTimeout(done, 50));
  }
  /** The notes beside the lines, as they are on the wall now. */
  private async read(): Promise<void> {
    const answer = await this.ask(`${this.path}`);
    if (!answer.ok) return;
    const wall = (await answer.json()) as { seq: number; records: BoardRecord[] };
    this.board.take(wall.records, wall.seq);
  }
  private tell(text: string, warn: boolean): void {
    this.ui.toast({ text, ...(warn ? { tone: 'warn' as const } : {}) });
    this.ui.say(text);
  }
}

/** « 4 lignes nouvelles, 2 changées, 1 conflit » */
export function summary(changed: number, fresh: number, conflicts: number): string {
  const other = Math.max(0, changed - fresh);
  const parts = [
    ...(fresh > 0 ? [t('review.moved.fresh', { n: fresh })] : []),
    ...(other > 0 ? [t('review.moved.changed', { n: other })] : []),
    ...(conflicts > 0 ? [t('review.conflicts', { n: conflicts })] : []),
  ];
  return parts.length ? parts.join(', ') : t('review.moved.nothing');
}
