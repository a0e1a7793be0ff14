// The list of a cell with the note being written in it, which may not exist yet.
import type { Spot, Writing } from '../ui.svelte';

/** A note that somebody here writes in stays in its cell, whatever the others do with it meanwhile. */
export function withWriting(
  ids: readonly string[],
  writing: Writing | null,
  stage: string | null,
  channel: string | null,
): readonly string[] {
  if (!writing) return ids;
  const here = writing.stage === stage && writing.channel === channel;
  if (here === ids.includes(writing.id)) return ids;
  if (!here) return ids.filter((id) => id !== writing.id);
  const at = writing.before === null ? -1 : ids.indexOf(writing.before);
  return at < 0 ? [...ids, writing.id] : [...ids.slice(0, at), writing.id, ...ids.slice(at)];
}

/** The spot of this index in the list, the moved notes left out. */
export function spotAt(
  ids: readonly string[],
  moved: readonly string[],
  index: number,
  stage: string | null,
  channel: string | null,
): Spot {
  const others = ids.filter((id) => !moved.includes(id));
  return { stage, channel, before: others[Math.max(0, index)] ?? null };
}

/** About how many notes, for the height of a cell not drawn yet: nothing is laid out anew for one note more or less. */
export const rough = (notes: number): number => (notes < 12 ? notes : Math.ceil(notes / 8) * 8);
