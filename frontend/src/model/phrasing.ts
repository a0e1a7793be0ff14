// How a text is told (« je »): asked of the server over the line, remembered, and never in the way of typing.
// Offline, a question waits. Which proposals were refused for good is kept on this device, without the words.
import type { Clock } from '../wire/socket';
import type { Phrasing, Up } from '../wire/types.gen';
import { LIMITS } from './limits';
import { length } from './records';

export const PAUSE = 150; // milliseconds without a key before the words are asked about
const REMEMBERED = 2_000; // answers
const KEPT = 500; // refusals kept on this device
const SHELF = 'charniere.je.refused';

export type Told = Pick<Phrasing, 'verdict' | 'suggestion' | 'reason'>;
export type Lang = 'fr' | 'en';

/** What `localStorage` is to us. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export class Phrases {
  readonly #clock: Clock;
  readonly #say: (up: Up) => boolean;
  readonly #known = new Map<string, Told>();
  /** What was asked on this line and not answered yet, by number. */
  readonly #asked = new Map<number, string>();
  readonly #questions = new Set<Question>();
  #last = 0;

  constructor(clock: Clock, say: (up: Up) => boolean) {
    this.#clock = clock;
    this.#say = say;
  }

  known(text: string, lang: Lang): Told | undefined {
    return this.#known.get(keyOf(text, lang));
  }

  learn(text: string, lang: Lang, told: Told): void {
    this.#keep(keyOf(text, lang), told);
  }

  /** A box that is written in: `told` hears null as soon as the words change, then what is said of them as they stand. */
  question(told: (told: Told | null) => void): Question {
    const question = new Question(
      this.#clock,
      (key) => this.#known.get(key),
      (key) => this.#ask(key),
      told,
      () => this.#questions.delete(question),
    );
    this.#questions.add(question);
    return question;
  }

  /** The server's answer. Whoever wrote on meanwhile is not told. */
  heard({ ask, verdict, suggestion, reason }: Phrasing): void {
    const key = this.#asked.get(ask);
    if (key === undefined) return;
    this.#asked.delete(ask);
    const told = { verdict, suggestion, reason };
    this.#keep(key, told);
    for (const question of this.#questions) question.hear(key, told);
  }

  /** A new line: what was asked on the old one will not be answered. */
  again(): void {
    this.#asked.clear();
    for (const question of this.#questions) {
      if (question.waits !== null) this.#ask(question.waits);
    }
  }

  /** The server counts refusals by rule; the text is not told. */
  dismissed(rule: string): void {
    this.#say({ type: 'dismiss_phrasing', rule });
  }

  #ask(key: string): void {
    this.#last += 1;
    const [lang, text] = [key.slice(0, 2) as Lang, key.slice(3)];
    if (this.#say({ type: 'ask_phrasing', ask: this.#last, text, lang })) this.#asked.set(this.#last, key);
  }

  #keep(key: string, told: Told): void {
    this.#known.set(key, told);
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
  }
}

/** One box. Made by `Phrases.question`. */
export class Question {
  readonly #clock: Clock;
  readonly #known: (key: string) => Told | undefined;
  readonly #ask: (key: string) => void;
  readonly #told: (told: Told | null) => void;
  readonly #gone: () => void;
  #key: string | null = null;
  #waits = false;
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    known: (key: string) => Told | undefined,
    ask: (key: string) => void,
    told: (told: Told | null) => void,
    gone: () => void,
  ) {
    this.#clock = clock;
    this.#known = known;
    this.#ask = ask;
    this.#told = told;
    this.#gone = gone;
  }

  /** What was asked, or could not be, and is not answered. */
  get waits(): string | null {
    return this.#waits ? this.#key : null;
  }

  /** The words as they stand now. */
  write(text: string, lang: Lang): void {
    const key = keyOf(text, lang);
    if (key === this.#key) return;
    this.rest();
    if (text.trim() === '' || length(text) > LIMITS.TEXT_TYPED) return;
    this.#key = key;
    const known = this.#known(key);
    if (known) this.#told(known);
    else {
      this.#cancel = this.#clock.after(PAUSE, () => {
        this.#waits = true;
        this.#ask(key);
      });
    }
  }

  /** Nothing is to be said now: an accent is being composed, or the note is no touchpoint. */
  rest(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waits = false;
    this.#key = null;
    this.#told(null);
  }

  hear(key: string, told: Told): void {
    if (key !== this.#key) return;
    this.#waits = false;
    this.#told(told);
  }

  close(): void {
    this.#cancel?.();
    this.#gone();
  }
}

/** The phrases whose proposal was refused for good, on this device: a short digest of each, never the words. */
export class Refused {
  readonly #shelf: Shelf | null;
  #digests: Set<string>;

  constructor(shelf: Shelf | null) {
    this.#shelf = shelf;
    this.#digests = new Set(read(shelf));
  }
  has(text: string, lang: Lang): boolean {
    return this.#digests.has(digest(text, lang));
  }
  add(text: string, lang: Lang): void {
    this.#digests = new Set([...this.#digests, digest(text, lang)].slice(-KEPT));
    try {
      this.#shelf?.setItem(SHELF, JSON.stringify([...this.#digests]));
    } catch {
      // A full or forbidden store: refused until the page is closed.
    }
  }
}

const keyOf = (text: string, lang: Lang): string => `${lang} ${text}`;

function read(shelf: Shelf | null): string[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(SHELF) ?? '[]');
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** 64 bits of the phrase, spaces and case apart: FNV-1a over two halves. */
function digest(text: string, lang: Lang): string {
  const phrase = keyOf(text.trim().replace(/\s+/g, ' ').toLowerCase(), lang);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < phrase.length; i++) {
    a = Math.imul(a ^ phrase.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ phrase.charCodeAt(i), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}
