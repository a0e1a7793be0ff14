// The guess of what my own edits do to stages, channels, empty cells and the board record. See predict.ts.
import type { BoardEdit, BoardInfo, Channel, Note, Stage } from '../wire/types.gen';
import { LIMITS } from './limits';
import type { Guess } from './predict';
import { between } from './rank';
import { cellKey, gapId, lean, length, patched, same } from './records';
import type { Change, Value } from './value';

type Edit<T extends BoardEdit['type']> = Extract<BoardEdit, { type: T }>;
type Line = Stage | Channel;

export function addStage(value: Value, edit: Edit<'add_stage'>): Guess {
  if (value.get('stage', edit.stage)) return 'id_taken';
  if (value.count('stage') >= LIMITS.STAGES) return 'limit_reached';
  const rank = rankBefore(value.stages(), edit.before);
  return named(edit.name, (name) => [{ type: 'put', record: { type: 'stage', id: edit.stage, name, rank } }]);
}

export function addChannel(value: Value, edit: Edit<'add_channel'>): Guess {
  if (value.get('channel', edit.channel)) return 'id_taken';
  if (value.count('channel') >= LIMITS.CHANNELS) return 'limit_reached';
  const rank = rankBefore(value.channels(), edit.before);
  return named(edit.name, (name) => [
    { type: 'put', record: { type: 'channel', id: edit.channel, name, rank } },
  ]);
}

export function setStage(value: Value, edit: Edit<'set_stage'>): Guess {
  const stage = value.get('stage', edit.stage);
  if (!stage) return 'not_found';
  if (edit.set.name !== undefined) return named(edit.set.name, (name) => put(stage, { ...edit.set, name }));
  return put(stage, edit.set);
}

export function setChannel(value: Value, edit: Edit<'set_channel'>): Guess {
  const channel = value.get('channel', edit.channel);
  if (!channel) return 'not_found';
  if (edit.set.name !== undefined) return named(edit.set.name, (name) => put(channel, { ...edit.set, name }));
  return put(channel, edit.set);
}

export function moveStage(value: Value, edit: Edit<'move_stage'>): Guess {
  const stage = value.get('stage', edit.stage);
  return stage ? moved(stage, value.stages(), edit.before) : 'not_found';
}

export function moveChannel(value: Value, edit: Edit<'move_channel'>): Guess {
  const channel = value.get('channel', edit.channel);
  return channel ? moved(channel, value.channels(), edit.before) : 'not_found';
}

export function removeStage(value: Value, id: string): Guess {
  const stage = value.get('stage', id);
  if (!stage) return 'not_found';
  const changes: Change[] = [];
  for (const note of value.notes()) {
    if (note.stage === id) changes.push({ type: 'put', record: patched(note, { stage: null }), was: note });
  }
  for (const other of value.stages()) {
    if (other.parent === id) {
      changes.push({ type: 'put', record: patched(other, { parent: null }), was: other });
    }
  }
  for (const gap of value.gaps()) if (gap.stage === id) changes.push({ type: 'remove', was: gap });
  return [...changes, { type: 'remove', was: stage }];
}

export function removeChannel(value: Value, id: string): Guess {
  const channel = value.get('channel', id);
  if (!channel) return 'not_found';
  const changes: Change[] = [];
  for (const note of value.notes()) {
    if (note.channel === id)
      changes.push({ type: 'put', record: patched(note, { channel: null }), was: note });
  }
  for (const gap of value.gaps()) if (gap.channel === id) changes.push({ type: 'remove', was: gap });
  return [...changes, { type: 'remove', was: channel }];
}

export function declareEmpty(value: Value, { stage, channel, empty }: Edit<'declare_empty'>): Guess {
  if (!value.get('stage', stage) || !value.get('channel', channel)) return 'not_found';
  const id = gapId(stage, channel);
  const gap = value.get('gap', id);
  if (empty === (gap !== undefined)) return [];
  return [gap ? { type: 'remove', was: gap } : { type: 'put', record: { type: 'gap', id, stage, channel } }];
}

export function setBoard(value: Value, edit: Edit<'set_board'>): Guess {
  const { info } = value;
  if (edit.set.title !== undefined)
    return named(edit.set.title, (title) => put(info, { ...edit.set, title }));
  return put(info, edit.set);
}

/** Is the cell shown as empty on purpose? A note that lies in it hides the declaration. */
export function isGap(value: Value, stage: string, channel: string): boolean {
  return (
    value.get('gap', gapId(stage, channel)) !== undefined && value.at(cellKey(stage, channel)).length === 0
  );
}

/** The note without a stage or a channel that no longer exists. */
export function home(value: Value, note: Note): Note {
  const gone: Partial<Note> = {};
  if (note.stage && !value.get('stage', note.stage)) gone.stage = null;
  if (note.channel && !value.get('channel', note.channel)) gone.channel = null;
  return patched(note, gone);
}

function named(given: string, then: (name: string) => Guess): Guess {
  const name = given.trim();
  if (name === '') return 'bad_value';
  return length(given) > LIMITS.NAME ? 'too_long' : then(name);
}

function put<R extends BoardInfo | Line>(was: R, values: Partial<R>): Guess {
  const record = patched(was, values);
  return same(record, lean(was)) ? [] : [{ type: 'put', record, was }];
}

function moved(line: Line, order: readonly Line[], before: string | null | undefined): Guess {
  const rest = order.filter((other) => other.id !== line.id);
  const found = rest.findIndex((other) => other.id === before);
  const at = found < 0 ? rest.length : found;
  if (order[at]?.id === line.id) return [];
  return put(line, { rank: rankBefore(rest, before) });
}

function rankBefore(order: readonly Line[], before: string | null | undefined): string {
  const target = order.find((line) => line.id === before);
  if (!target) return between(order.at(-1)?.rank ?? null, null);
  // an undo may have brought a record back to a rank given away meanwhile: nothing lies between two equal ones
  const lower = order.filter((line) => line.rank < target.rank);
  return between(lower.at(-1)?.rank ?? null, target.rank);
}
