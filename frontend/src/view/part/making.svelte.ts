// The documents on their way to this page. Each is asked for once, may be given up, and is saved when it comes.
import { make, NotMade, type Failure, type Made, type Stage } from '../../model/making';

const REVOKED_AFTER = 60_000; // a browser may ask where to save before it reads

/** One document. `ready` once it is saved, under `file`. */
export class Making {
  at: Stage | Failure | 'ready' = $state('asked');
  file = $state('');
  failed = $derived(!['asked', 'waiting', 'making', 'ready'].includes(this.at));
  #leaving = new AbortController();

  constructor(
    readonly name: string,
    readonly url: string,
    private readonly how: typeof make,
    private readonly save: (made: Made) => void,
  ) {}

  async start(): Promise<void> {
    const leaving = (this.#leaving = new AbortController());
    this.at = 'asked';
    try {
      const made = await this.how(this.url, (stage) => (this.at = stage), leaving.signal);
      if (leaving.signal.aborted) return;
      this.save(made);
      this.file = made.name;
      this.at = 'ready';
    } catch (problem) {
      if (!leaving.signal.aborted) this.at = problem instanceof NotMade ? problem.why : 'failed';
    }
  }
  leave(): void {
    this.#leaving.abort();
  }
}

export class Makings {
  all: readonly Making[] = $state.raw([]);

  constructor(
    private readonly how: typeof make = make,
    private readonly save: (made: Made) => void = saveFile,
  ) {}

  /** `name` is what people read. The same document asked for again is the one that is coming. */
  start(name: string, url: string): void {
    const known = this.all.find((one) => one.url === url);
    if (known && !known.failed && known.at !== 'ready') return;
    const making = new Making(name, url, this.how, this.save);
    this.all = [...this.all.filter((one) => one !== known), making];
    void making.start();
  }
  drop(making: Making): void {
    making.leave();
    this.all = this.all.filter((one) => one !== making);
  }
  leave(): void {
    for (const making of this.all) making.leave();
    this.all = [];
  }
}

/** As if the link to it had been followed. */
export function saveFile({ name, data }: Made): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKED_AFTER);
}
