// What a note becomes in the specification, asked of the server: the wall is compiled there.
import type { Fed, Uses } from '../../wire/types.gen';

export interface Becoming {
  readonly lines: readonly Fed[];
  /** Why it feeds no line (`spec.why_not.<reason>`); empty when it does, or when it was not read yet. */
  readonly whyNot: Uses['why_not'][string];
}

/** Rejects when the server cannot be reached or refuses. */
export async function becomes(board: string, note: string): Promise<Becoming> {
  const at = `/api/boards/${encodeURIComponent(board)}/specification/uses?note=${encodeURIComponent(note)}`;
  const answer = await fetch(at);
  if (!answer.ok) throw new Error(String(answer.status));
  const { notes, why_not } = (await answer.json()) as Uses;
  return { lines: notes[note] ?? [], whyNot: why_not[note] ?? '' };
}

export const lineAt = (board: string, code: string): string =>
  `/b/${encodeURIComponent(board)}/specification#line=${encodeURIComponent(code)}`;
