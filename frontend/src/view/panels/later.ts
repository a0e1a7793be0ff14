// The real clock of a page, for fields that wait for a pause.
import type { Clock } from '../../wire/socket';

export const later: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
