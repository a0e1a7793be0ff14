// The frozen versions of a board, as they were last read. A draft rests a moment before its version is there to be read.
import { sayWhy, versionsOf, type Version } from './api';
import { isFrozen, numberOf, type DraftSeen } from './draft';

const SOON = 500; // milliseconds
const TRIES = 12;

export class Versions {
  all: readonly Version[] | undefined = $state.raw();
  /** Why the last reading failed; what was read before is still there. */
  failed = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(
    private readonly board: string,
    private readonly draft: DraftSeen,
  ) {}

  /** Again and again, until the version that the draft became is there. */
  async read(tries = TRIES): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    try {
      const found = await versionsOf(this.board);
      if (turn !== this.#turn) return;
      this.all = found;
      this.failed = '';
      const missing = isFrozen(this.draft) && !this.of(numberOf(this.draft));
      if (missing && tries > 0) this.#timer = setTimeout(() => void this.read(tries - 1), SOON);
    } catch (problem) {
      if (turn === this.#turn) this.failed = sayWhy(problem);
    }
  }
  of(number: number): Version | undefined {
    return this.all?.find((one) => one.number === number);
  }
  leave(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }
}
