// Who is on the board now, and where each of them was last seen. Pure.
import type { Replica } from '../../model/replica.svelte';
import type { Person, Seen } from '../../wire/types.gen';

export interface Present {
  readonly person: Person;
  /** Undefined for me, and for whoever has not said where they are. */
  readonly seen: Seen | undefined;
}

/** I come first; somebody with two screens is one person, where they are busiest. */
export function peopleHere(replica: Pick<Replica, 'me' | 'presence' | 'person'>): readonly Present[] {
  const here = new Map<string, Present>([[replica.me.id, { person: replica.me, seen: undefined }]]);
  for (const seen of replica.presence) {
    const person = replica.person(seen.person);
    if (!person || seen.gone || person.id === replica.me.id) continue;
    const other = here.get(person.id)?.seen;
    if (!other || busy(seen) > busy(other)) here.set(person.id, { person, seen });
  }
  return [...here.values()];
}

const busy = (seen: Seen): number =>
  ({ writing: 3, moving: 2, looking: 1, idle: 0 })[seen.doing ?? 'idle'] + (seen.stage ? 0.5 : 0);

/** The names of those who do this in a cell, each once. */
export function namesOf(
  seen: readonly Seen[],
  person: Replica['person'],
  that: (one: Seen) => boolean,
): string[] {
  return [...new Set(seen.filter(that).flatMap((one) => person(one.person)?.name ?? []))];
}
