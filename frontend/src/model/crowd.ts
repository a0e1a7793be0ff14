// Who is there, where they are, and where I say that I am. Never stored, never queued.
import type { Clock } from '../wire/socket';
import type { Here, Person, Seen, Welcome } from '../wire/types.gen';
import { same } from './records';

/** Where people and places are shown. */
export interface Gathering {
  paintPeople(people: ReadonlyMap<string, Person>): void;
  paintPresence(others: readonly Seen[]): void;
}

const EVERY = 250; // milliseconds between two words on where I am

export class Crowd {
  readonly #screen: Gathering;
  readonly #clock: Clock;
  readonly #send: (here: Here) => boolean;
  #me = '';
  #people = new Map<string, Person>();
  #seen = new Map<string, Seen>();
  #here: Here = { type: 'here' };
  #told: Here | null = null;
  #toldAt = 0;
  #waiting = false;

  constructor(screen: Gathering, clock: Clock, send: (here: Here) => boolean) {
    this.#screen = screen;
    this.#clock = clock;
    this.#send = send;
  }

  /** A new connection: what was known of places is old, and the server does not know mine. */
  begin(welcome: Pick<Welcome, 'you' | 'people' | 'here'>): void {
    this.#me = welcome.you.id;
    this.#people = new Map(welcome.people.map((person) => [person.id, person]));
    this.#people.set(welcome.you.id, welcome.you);
    this.#seen.clear();
    this.#told = null;
    this.#screen.paintPeople(this.#people);
    this.seen(welcome.here ?? []);
    if (!same(this.#here, { type: 'here' })) this.here(this.#here);
  }

  met(people: readonly Person[]): void {
    for (const person of people) this.#people.set(person.id, person);
    this.#screen.paintPeople(this.#people);
    this.#show();
  }

  seen(seen: readonly Seen[]): void {
    for (const each of seen) {
      if (each.gone) this.#seen.delete(each.connection);
      else this.#seen.set(each.connection, each);
    }
    this.#show();
  }

  here(place: Omit<Here, 'type'>): void {
    this.#here = { ...place, type: 'here' };
    if (this.#waiting) return;
    const wait = this.#toldAt + EVERY - this.#clock.now();
    if (wait <= 0) this.#tell();
    else {
      this.#waiting = true;
      this.#clock.after(wait, () => {
        this.#waiting = false;
        this.#tell();
      });
    }
  }

  #tell(): void {
    if (same(this.#here, this.#told)) return;
    this.#toldAt = this.#clock.now();
    if (this.#send(this.#here)) this.#told = this.#here;
  }

  #show(): void {
    this.#screen.paintPresence([...this.#seen.values()].filter((seen) => seen.person !== this.#me));
  }
}
