// The board's teams, as the page carries them.
import type { BoardInfo, ReviewBootstrap } from '../../wire/types.gen';

export const infoOf = (bootstrap: ReviewBootstrap): BoardInfo | undefined =>
  bootstrap.records.find((one): one is BoardInfo => one.type === 'board');

export const teamsOf = (bootstrap: ReviewBootstrap): readonly string[] => infoOf(bootstrap)?.teams ?? [];
