// What every component of the review can reach.
import { getContext, setContext } from 'svelte';
import type { BoardBeside } from '../../model/draft/board.svelte';
import type { DraftReplica } from '../../model/draft/replica.svelte';
import type { ReviewBootstrap } from '../../wire/types.gen';
import type { Makings } from '../part/making.svelte';
import type { ReviewActs } from './acts';
import type { SpecReader } from './tabs/spec.svelte';
import type { ReviewUi } from './ui.svelte';

export interface ReviewContext {
  readonly replica: DraftReplica;
  /** The wall beside the lines, as it was when the lines were proposed. */
  readonly board: BoardBeside;
  readonly ui: ReviewUi;
  readonly acts: ReviewActs;
  /** The whole specification as the server assembles it: matrix, coverage, findings. */
  readonly spec: SpecReader;
  readonly makings: Makings;
  readonly bootstrap: ReviewBootstrap;
}

const KEY = Symbol('review');

export const provideReview = (context: ReviewContext): ReviewContext => setContext(KEY, context);
export const useReview = (): ReviewContext => getContext<ReviewContext>(KEY);
