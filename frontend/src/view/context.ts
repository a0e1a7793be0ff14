// What every component of the board can reach.
import { getContext, setContext } from 'svelte';
import type { Replica } from '../model/replica.svelte';
import type { Bootstrap } from '../wire/types.gen';
import type { Acts } from './acts';
import type { Je } from './je/je.svelte';
import type { Makings } from './part/making.svelte';
import type { Ui } from './ui.svelte';

export interface BoardContext {
  readonly replica: Replica;
  readonly ui: Ui;
  readonly acts: Acts;
  readonly je: Je;
  readonly makings: Makings;
  readonly bootstrap: Bootstrap;
}

const KEY = Symbol('board');

export const provideBoard = (context: BoardContext): BoardContext => setContext(KEY, context);
export const useBoard = (): BoardContext => getContext<BoardContext>(KEY);
