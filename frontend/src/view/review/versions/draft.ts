// What versions and documents need of the draft under review: a part of its replica, no more.
import type { DraftEdit, DraftInfo, Line, Person, Question } from '../../../wire/types.gen';

interface Reviewed {
  readonly record: Line;
  readonly standing: string;
  readonly questions: readonly Question[];
  readonly values: Readonly<Record<string, unknown>>;
}
export interface DraftSeen {
  readonly info: Pick<DraftInfo, 'number' | 'frozen'>;
  readonly me: Person;
  readonly pending: number;
  readonly seq: number;
  readonly progress: { readonly total: number; readonly reviewed: number; readonly conflicts: number };
  may(action: 'freeze' | 'approve'): boolean;
  person(id: string): Person | undefined;
  all(): readonly Reviewed[];
  byItem(item: string): Reviewed | undefined;
  edit(edit: DraftEdit): string;
}
/** The tabs of the page that one is sent to from here. */
export type Go = (tab: 'review' | 'documents' | 'compare') => void;

export const numberOf = (draft: DraftSeen): number => draft.info.number ?? 1;
export const isFrozen = (draft: DraftSeen): boolean => draft.info.frozen ?? false;

export interface Left {
  readonly total: number;
  readonly reviewed: number;
  readonly conflicts: number;
  /** Lines that nobody looked at. */
  readonly unread: number;
  readonly questions: number;
}

/** What a version frozen now would leave undone. */
export function leftIn(draft: DraftSeen): Left {
  const { total, reviewed, conflicts } = draft.progress;
  const stands = draft.all().filter((line) => line.standing !== 'rejected' && line.standing !== 'merged');
  const questions = stands.reduce((sum, line) => sum + line.questions.length, 0);
  return { total, reviewed, conflicts, unread: Math.max(0, total - reviewed - conflicts), questions };
}
