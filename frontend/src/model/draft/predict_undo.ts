// The guess of what taking back one of my own edits of a draft gives: what it put there goes back, attribute by attribute; what came
// later stays. The twin of the server's spec/draft/undo.py. See predict.ts.
import { keyOf } from '../layers';
import { same } from '../records';
import type { By, Guess } from './predict';
import { DEFAULTS } from './records';
import type { DraftRecord, Values } from './records';
import type { Change, DraftValue } from './value';

const STAYS = ['type', 'id', 'by', 'at']; // who decided last is who undoes

export function predictUndo(value: DraftValue, by: By): Guess {
  if (by.undone === undefined) return []; // not known here: the server knows
  return [...by.undone].reverse().flatMap((change) => undone(value, change));
}

function undone(value: DraftValue, change: Change): readonly Change[] {
  if (change.type === 'remove') {
    return value.byKey(keyOf(change.was)) ? [] : [{ type: 'put', record: change.was }];
  }
  const now = value.byKey(keyOf(change.record));
  if (!now || now.type === 'draft' || now.type === 'part') return []; // codes once given are never given again
  if (!change.was) return [{ type: 'remove', was: now }];
  const after = reverted(now, change.record, change.was);
  return after ? [{ type: 'put', record: after, was: now }] : [];
}

/** Fields, and attributes in them, that still hold what the edit put there; undefined when none does. */
function reverted(now: DraftRecord, put: DraftRecord, was: DraftRecord): DraftRecord | undefined {
  const changed: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(put), ...Object.keys(was), ...Object.keys(now)])) {
    const [current, given, past] = [read(now, field), read(put, field), read(was, field)];
    if (STAYS.includes(field) || same(given, past)) continue;
    if (same(current, given)) changed[field] = past;
    else if (isMap(current) && isMap(given) && isMap(past))
      changed[field] = revertedMap(current, given, past);
  }
  const after = { ...now, ...changed } as DraftRecord;
  const moved = Object.keys(changed).some((field) => !same(read(after, field), read(now, field)));
  return moved ? after : undefined;
}

function revertedMap(now: Values, put: Values, was: Values): Values {
  const after: Record<string, unknown> = { ...now };
  for (const name of new Set([...Object.keys(put), ...Object.keys(was)])) {
    const [current, given, past] = [now[name] ?? null, put[name] ?? null, was[name] ?? null];
    if (same(given, past) || !same(current, given)) continue;
    if (name in was) after[name] = was[name];
    else delete after[name];
  }
  return after;
}

function read(record: DraftRecord, field: string): unknown {
  return (record as unknown as Values)[field] ?? DEFAULTS[record.type][field];
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
