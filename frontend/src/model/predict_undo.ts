// The guess of what taking back one of my own edits gives: what it put there goes, what came later stays. See predict.ts.
import type { BoardRecord, Note } from '../wire/types.gen';
import type { By, Guess } from './predict';
import { home, removeChannel, removeStage } from './predict_grid';
import { DEFAULTS, isRemoved, lean, patched, same } from './records';
import { Value, keyOf } from './value';
import type { Change } from './value';

type Fields = Readonly<Record<string, unknown>>;

export function predictUndo(value: Value, by: By): Guess {
  if (by.undone === undefined) return []; // not known here: the server knows
  const steps = [...by.undone].reverse();
  const draft = new Draft(value);
  for (const change of steps) bringBack(draft, change);
  for (const change of steps) revert(draft, change);
  for (const change of steps) takeOut(draft, change, by.at);
  return draft.changes();
}

/** What the undo has changed so far, over the value, one change a record. */
class Draft {
  readonly value: Value;
  #changed = new Map<string, Change>();

  constructor(value: Value) {
    this.value = value;
  }
  now(record: BoardRecord): BoardRecord | undefined {
    const change = this.#changed.get(keyOf(record));
    if (change) return change.type === 'put' ? change.record : undefined;
    return this.value.byKey(keyOf(record));
  }
  put(record: BoardRecord): void {
    const was = this.value.byKey(keyOf(record));
    this.#changed.set(keyOf(record), was ? { type: 'put', record, was } : { type: 'put', record });
  }
  remove(record: BoardRecord): void {
    const was = this.value.byKey(keyOf(record));
    if (was) this.#changed.set(keyOf(record), { type: 'remove', was });
    else this.#changed.delete(keyOf(record));
  }
  changes(): Change[] {
    return [...this.#changed.values()];
  }
}

function bringBack(draft: Draft, change: Change): void {
  if (change.type !== 'remove' || draft.now(change.was)) return;
  const { was } = change;
  if (was.type === 'gap' && !(isThere(draft, 'stage', was.stage) && isThere(draft, 'channel', was.channel))) {
    return;
  }
  draft.put(was);
}

function revert(draft: Draft, change: Change): void {
  if (change.type === 'remove' || !change.was) return;
  const now = draft.now(change.record);
  if (!now) return;
  const after = reverted(now, change.record, change.was);
  const settled = after.type === 'note' ? atHome(draft, after) : after;
  if (!same(lean(settled), lean(now))) draft.put(settled);
}

function takeOut(draft: Draft, change: Change, at: number): void {
  if (change.type === 'remove' || change.was) return;
  const now = draft.now(change.record);
  if (!now) return;
  if (now.type === 'note') {
    // words that came to it since stay on the wall; which ones, the server knows
    const asAdded = change.record.type === 'note' && (now.text ?? '') === (change.record.text ?? '');
    if (asAdded && !isRemoved(now)) draft.put(patched(now, { removed_at: at }));
    return;
  }
  if (now.type === 'stage' || now.type === 'channel') {
    const guess =
      now.type === 'stage' ? removeStage(draft.value, now.id) : removeChannel(draft.value, now.id);
    if (typeof guess === 'string') return;
    for (const side of guess) {
      if (side.type === 'remove') draft.remove(side.was);
      else if (now.type === 'stage') draft.put(without(draft, side.record, 'stage'));
      else draft.put(without(draft, side.record, 'channel'));
    }
    return;
  }
  draft.remove(now);
}

function without(draft: Draft, record: BoardRecord, axis: 'stage' | 'channel'): BoardRecord {
  const now = draft.now(record);
  if (now?.type === 'note') return patched(now, axis === 'stage' ? { stage: null } : { channel: null });
  return record;
}

function isThere(draft: Draft, type: 'stage' | 'channel', id: string): boolean {
  return draft.now({ type, id, name: '', rank: '' }) !== undefined;
}

/** A stage that this very undo brings back counts as there. */
function atHome(draft: Draft, note: Note): Note {
  const there = (type: 'stage' | 'channel', id: string | null | undefined): boolean =>
    !id || isThere(draft, type, id);
  if (there('stage', note.stage) && there('channel', note.channel)) return note;
  const kept = home(draft.value, note);
  return patched(note, {
    stage: there('stage', note.stage) ? (note.stage ?? null) : (kept.stage ?? null),
    channel: there('channel', note.channel) ? (note.channel ?? null) : (kept.channel ?? null),
  });
}

/** Fields that still hold what the edit put there go back; a text that moved since is left for the server to merge. */
function reverted<R extends BoardRecord>(now: R, put: BoardRecord, was: BoardRecord): R {
  const defaults: Fields = DEFAULTS[now.type];
  const read = (record: BoardRecord, field: string): unknown =>
    (record as unknown as Fields)[field] ?? defaults[field];
  const values: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(put), ...Object.keys(was), ...Object.keys(now)])) {
    const mine = read(put, field);
    const before = read(was, field);
    if (!same(mine, before) && same(read(now, field), mine)) values[field] = before;
  }
  return patched(now, values as Partial<R>);
}
