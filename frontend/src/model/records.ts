// The records of a board as the browser handles them: defaults filled in when read, left out when written.
// What an edit does to them is in predict.ts; what is on screen is in state.svelte.ts.
import type { BoardInfo, BoardRecord, Channel, Gap, Link, Note, Stage } from '../wire/types.gen';

export type { BoardInfo, BoardRecord, Channel, Gap, Link, Note, Stage };

/** A record with a value in every field. */
export type Full<R> = { readonly [K in keyof R]-?: R[K] };
export type FullNote = Full<Note>;
export type RecordType = BoardRecord['type'];

export const NOTE_DEFAULTS: Omit<FullNote, 'type' | 'id' | 'number' | 'rank'> = {
  text: '',
  kind: null,
  stage: null,
  channel: null,
  emotion: null,
  moment_of_truth: false,
  crm_object: '',
  owner: '',
  team: '',
  due: null,
  impact: null,
  effort: null,
  status: null,
  votes: null,
  author: '',
  created_at: 0,
  removed_at: null,
  ref: '',
  imported: {},
  feeling: null,
  source: '',
  evidence: '',
  touch: null,
  visible: null,
  tracked: null,
  measured: null,
  need_kind: null,
  private: false,
};

const INFO_DEFAULTS: Omit<Full<BoardInfo>, 'type' | 'title'> = {
  id: 'board',
  lang: 'fr',
  journey: 'as_is',
  persona: '',
  teams: [],
  locked: false,
  je: 'advice',
};

const STAGE_DEFAULTS: Omit<Full<Stage>, 'type' | 'id' | 'name' | 'rank'> = {
  archetype: null,
  goal: '',
  exit_criteria: '',
  kpis: [],
  owner_team: '',
  expected_delay: '',
  parent: null,
  group: null,
};

const CHANNEL_DEFAULTS: Omit<Full<Channel>, 'type' | 'id' | 'name' | 'rank'> = {
  mode: null,
  relation: null,
  family: null,
  lane: null,
};

/** What a field holds when the wire says nothing of it; held to the server's by tests/vectors/defaults.json. */
export const DEFAULTS: { readonly [T in RecordType]: Readonly<Record<string, unknown>> } = {
  board: INFO_DEFAULTS,
  stage: STAGE_DEFAULTS,
  channel: CHANNEL_DEFAULTS,
  note: NOTE_DEFAULTS,
  link: {},
  gap: {},
};

export function full(note: Note): FullNote {
  return { ...NOTE_DEFAULTS, ...note };
}

export function fullInfo(info: BoardInfo): Full<BoardInfo> {
  return { ...INFO_DEFAULTS, ...info };
}

/** The record with these values, written as the server writes it: a field at its default is left out. */
export function patched<R extends BoardRecord>(record: R, values: Partial<R>): R {
  return lean({ ...record, ...values });
}

/** The record without the fields that say nothing. */
export function lean<R extends BoardRecord>(record: R): R {
  const defaults = DEFAULTS[record.type];
  const entries = Object.entries(record).filter(([field, value]) => !same(value, defaults[field]));
  return Object.fromEntries(entries) as unknown as R;
}

/** Are two values of JSON equal? Order of keys does not count. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one);
  if (left.length !== Object.keys(other).length) return false;
  return left.every(([key, value]) => key in other && same(value, (other as Record<string, unknown>)[key]));
}

/** Sorts by rank, ties broken by id: by code unit, as the server does for these ASCII keys. */
export function inOrder(a: { rank: string; id: string }, b: { rank: string; id: string }): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The name of a cell in maps. Ids hold no `/`, so the key is never ambiguous. */
export function cellKey(stage: string | null | undefined, channel: string | null | undefined): string {
  return `${stage ?? ''}/${channel ?? ''}`;
}

/** The key of the bin, where removed notes are whatever their cell. */
export const BIN = 'bin';

export function isRemoved(note: Note): boolean {
  return (note.removed_at ?? null) !== null;
}

/** Where a note lies: its cell, or the bin. */
export function placeKey(note: Note): string {
  return isRemoved(note) ? BIN : cellKey(note.stage, note.channel);
}

export function gapId(stage: string, channel: string): string {
  return `${stage}_${channel}`;
}

/** How many code points: the unit of every limit. */
export function length(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++, count++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) i++;
    }
  }
  return count;
}
