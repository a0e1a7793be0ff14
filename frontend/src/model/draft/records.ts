// The records of a draft as the browser handles them: defaults filled in when read, left out when written.
import type {
  Comment,
  DraftEdit,
  DraftInfo,
  DraftRecord,
  Line,
  Part,
  Question,
  Source,
} from '../../wire/types.gen';
import type { Full } from '../records';
import { same } from '../records';

export type { Comment, DraftEdit, DraftInfo, DraftRecord, Full, Line, Part, Question, Source };

export type Json = unknown;
/** Attribute -> value. */
export type Values = Readonly<Record<string, Json>>;
export type Section = Line['section'];
export type FullLine = Full<Line>;

/** In the order of the specification; steps are inside their pipelines. */
export const SECTIONS: readonly Section[] = [
  'objects',
  'pipelines',
  'steps',
  'statuses',
  'fields',
  'transitions',
  'workflows',
  'views',
  'kpis',
  'sla',
  'scoring',
  'roles',
  'integrations',
  'content',
  'personal_data',
  'scenarios',
  'actions',
];

const LINE_DEFAULTS: Omit<FullLine, 'type' | 'id' | 'item' | 'section' | 'code' | 'rank'> = {
  parent: null,
  proposal: {},
  reason: null,
  sources: [],
  questions: [],
  to_confirm: [],
  state: 'proposed',
  gone: false,
  by_hand: false,
  set: {},
  base: {},
  verdict: '',
  why: '',
  into: null,
  moved: false,
  judged_by: '',
  judged_at: 0,
  by: '',
  at: 0,
};

const INFO_DEFAULTS: Omit<Full<DraftInfo>, 'type'> = {
  id: 'draft',
  lang: 'fr',
  number: 1,
  frozen: false,
  boards: [],
  proposed_at: 0,
  last: {},
};

/** What a field holds when the wire says nothing of it; held to the server's by tests/vectors/draft.json. */
export const DEFAULTS: { readonly [T in DraftRecord['type']]: Readonly<Record<string, unknown>> } = {
  draft: INFO_DEFAULTS,
  part: {},
  line: LINE_DEFAULTS,
  comment: { settled: false },
};

export function fullLine(line: Line): FullLine {
  return { ...LINE_DEFAULTS, ...line };
}

export function fullInfo(info: DraftInfo): Full<DraftInfo> {
  return { ...INFO_DEFAULTS, ...info };
}

/** The record without the fields that say nothing, as the server writes it. */
export function lean<R extends DraftRecord>(record: R): R {
  const defaults = DEFAULTS[record.type];
  const entries = Object.entries(record).filter(([field, value]) => !same(value, defaults[field]));
  return Object.fromEntries(entries) as unknown as R;
}

/** The name of a group of lines in maps. */
export function groupKey(section: Section, parent: string | null | undefined): string {
  return `${section}/${parent ?? ''}`;
}
