// A pipeline as a row of steps: which are shown, in what order, and where one lands when it is moved or added.
import { stands, text } from './names';
import type { TabBoard, TabDraft, TabLine } from './props';

/** The ways that lead somewhere, and those that are lost. */
export interface Steps {
  readonly way: readonly string[];
  readonly lost: readonly string[];
}

export function pipelinesOf(draft: TabDraft): string[] {
  return draft.lines('pipelines').filter((id) => shown(draft, id));
}

export function stepsOf(draft: TabDraft, pipeline: string): Steps {
  const ids = draft.lines('steps', pipeline).filter((id) => shown(draft, id));
  const isLost = (id: string) => outcomeOf(draft.line(id)) === 'lost';
  return { way: ids.filter((id) => !isLost(id)), lost: ids.filter(isLost) };
}

function shown(draft: TabDraft, id: string): boolean {
  const line = draft.line(id);
  return line !== undefined && stands(line);
}

export type Outcome = 'open' | 'won' | 'lost' | 'done';
export function outcomeOf(line: TabLine | undefined): Outcome {
  const outcome = line?.values['outcome'];
  return outcome === 'won' || outcome === 'lost' || outcome === 'done' ? outcome : 'open';
}

/**
 * Before which line a step goes to be the `to`-th of the way, among all that the pipeline holds (lost ones, those set aside).
 * Undefined when it is there already; null is the end.
 */
export function landing(
  all: readonly string[],
  way: readonly string[],
  moving: string,
  to: number,
): string | null | undefined {
  const rest = way.filter((id) => id !== moving);
  const at = Math.max(0, Math.min(to, rest.length));
  if (at === way.indexOf(moving)) return undefined;
  const next = rest[at];
  if (next !== undefined) return next;
  const last = rest.at(-1);
  const others = all.filter((id) => id !== moving);
  return others[others.indexOf(last ?? '') + 1] ?? null;
}

/** Where a new step goes: before the end that it leads to. */
export function opening(draft: TabDraft, way: readonly string[]): number {
  const end = way.findIndex((id) => outcomeOf(draft.line(id)) !== 'open');
  return end < 0 ? way.length : end;
}

/** Are these the customer's own words, or those of a stage's sheet? */
export function isQuoted(line: TabLine, board: TabBoard): boolean {
  const milestone = text(line.values['milestone']).replace(/\s*…$/, '');
  if (!milestone) return false;
  return line.sources.some((source) => {
    const note = source.note ? board.note(source.note) : undefined;
    return note?.text?.includes(milestone) ?? false;
  });
}

/** A sentence of a sheet begins like one. */
export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** What must be known when it is lost: the fields that are due at that moment. */
export function dueWhen(draft: TabDraft, object: string, moment: string): string[] {
  const wanted = moment.toLocaleLowerCase();
  const found: string[] = [];
  for (const id of draft.lines('fields')) {
    const line = draft.line(id);
    if (!line || !stands(line) || line.values['object'] !== object) continue;
    const at =
      `${text(line.values['required_at'])} ${text(line.values['required_when'])}`.toLocaleLowerCase();
    if (at.includes(wanted)) found.push(line.label);
  }
  return found;
}
