// The list of a cell with the note being written in it, which may not exist yet.
import type { Spot, Writing } from '../ui.svelte';

export function withWriting(
  ids: readonly string[],
  writing: Writing | null,
  stage: string | null,
  channel: string | null,
): readonly string[] {
  if (!writing?.isNew || writing.stage !== stage || writing.channel !== channel) return ids;
  if (ids.includes(writing.id)) return ids;
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
