// The guess of what the server will answer to my own edit: one dispatch table, and what edits do to notes and links.
// A wrong guess is harmless: the revision replaces it. Held to the truth by tests/vectors/predict.json.
import type { BoardEdit, BoardRecord, Code, Note, Place } from '../wire/types.gen';
import type { By as AnyBy, Guess as AnyGuess } from './document';
import { LIMITS } from './limits';
import {
  addChannel,
  addStage,
  declareEmpty,
  home,
  moveChannel,
  moveStage,
  removeChannel,
  removeStage,
  setBoard,
  setChannel,
  setStage,
} from './predict_grid';
import { predictUndo } from './predict_undo';
import { between, spread } from './rank';
import { cellKey, inOrder, isRemoved, lean, length, patched, same } from './records';
import type { Change, Value } from './value';

export type By = AnyBy<BoardRecord>;
export type Guess = AnyGuess<BoardRecord>;
type Edit<T extends BoardEdit['type']> = Extract<BoardEdit, { type: T }>;

export function predict(value: Value, edit: BoardEdit, by: By): Guess {
  switch (edit.type) {
    case 'add_notes':
      return addNotes(value, edit, by);
    case 'set_note_text':
      return setNoteText(value, edit);
    case 'set_texts':
      return setTexts(value, edit);
    case 'set_note':
      return setNote(value, edit);
    case 'move_notes':
      return moveNotes(value, edit);
    case 'duplicate_note':
      return duplicateNote(value, edit, by);
    case 'remove_notes':
      return removeNotes(value, edit, by);
    case 'restore_notes':
      return restoreNotes(value, edit);
    case 'add_link':
      return addLink(value, edit);
    case 'remove_link':
      return removeLink(value, edit);
    case 'add_stage':
      return addStage(value, edit);
    case 'set_stage':
      return setStage(value, edit);
    case 'move_stage':
      return moveStage(value, edit);
    case 'remove_stage':
      return removeStage(value, edit.stage);
    case 'add_channel':
      return addChannel(value, edit);
    case 'set_channel':
      return setChannel(value, edit);
    case 'move_channel':
      return moveChannel(value, edit);
    case 'remove_channel':
      return removeChannel(value, edit.channel);
    case 'declare_empty':
      return declareEmpty(value, edit);
    case 'set_board':
      return setBoard(value, edit);
    case 'undo':
      return predictUndo(value, by);
  }
}

function addNotes(value: Value, edit: Edit<'add_notes'>, by: By): Guess {
  if (edit.notes.length > LIMITS.BATCH || value.count('note') + edit.notes.length > LIMITS.NOTES) {
    return 'limit_reached';
  }
  const ids = new Set(edit.notes.map((note) => note.id));
  if (ids.size < edit.notes.length || edit.notes.some((note) => value.get('note', note.id)))
    return 'id_taken';
  const place = existing(value, edit.place);
  const ranks = ranksAt(value, place, edit.notes.length, new Set());
  const changes: Change[] = [];
  for (const [index, added] of edit.notes.entries()) {
    if (length(added.text ?? '') > LIMITS.TEXT_TYPED) return 'too_long';
    const note: Note = {
      type: 'note',
      id: added.id,
      number: value.lastNumber + 1 + index,
      rank: ranks[index] ?? '',
      text: added.text ?? '',
      kind: added.kind ?? null,
      emotion: added.emotion ?? null,
      stage: place.stage ?? null,
      channel: place.channel ?? null,
      author: by.author,
      created_at: by.at,
    };
    changes.push({ type: 'put', record: lean(note) });
  }
  return changes;
}

/** Only the server merges: where the text moved meanwhile, my own words are shown until the merged text comes. */
function setNoteText(value: Value, edit: Edit<'set_note_text'>): Guess {
  const note = onBoard(value, edit.note);
  return typeof note === 'string' ? note : write(note, edit);
}

function setTexts(value: Value, edit: Edit<'set_texts'>): Guess {
  if (edit.notes.length > LIMITS.BATCH) return 'limit_reached';
  const asked = new Map(edit.notes.map((each) => [each.note, each]));
  const known = [...asked.keys()].flatMap((id) => value.get('note', id) ?? []);
  const notes = known.filter((note) => !isRemoved(note));
  if (notes.length === 0) return known.length > 0 ? 'note_removed' : 'not_found';
  const changes: Change[] = [];
  for (const note of notes) {
    const each = asked.get(note.id);
    const guess = each ? write(note, each) : [];
    if (typeof guess === 'string') return guess;
    changes.push(...guess);
  }
  return changes;
}

function write(note: Note, edit: { readonly text: string; readonly base: string }): Guess {
  const limit = length(edit.base) <= LIMITS.TEXT_TYPED ? LIMITS.TEXT_TYPED : LIMITS.TEXT_STORED * 2;
  if (length(edit.text) > limit) return 'too_long';
  if (edit.text === edit.base) return [];
  return put(note, { text: edit.text });
}

function setNote(value: Value, edit: Edit<'set_note'>): Guess {
  const note = onBoard(value, edit.note);
  if (typeof note === 'string') return note;
  const words = ['crm_object', 'owner', 'team', 'source', 'evidence'] as const;
  if (words.some((field) => length(edit.set[field] ?? '') > LIMITS.FIELD)) return 'too_long';
  if (length(edit.set.due?.text ?? '') > LIMITS.FIELD) return 'too_long';
  return put(note, edit.set);
}

function moveNotes(value: Value, edit: Edit<'move_notes'>): Guess {
  if (edit.notes.length > LIMITS.BATCH) return 'limit_reached';
  const known = [...new Set(edit.notes)].flatMap((id) => value.get('note', id) ?? []);
  const notes = known.filter((note) => !isRemoved(note));
  if (notes.length === 0) return known.length > 0 ? 'note_removed' : 'not_found';
  const place = existing(value, edit.place);
  if (standsThere(value, notes, place)) return [];
  const ranks = ranksAt(value, place, notes.length, new Set(notes.map((note) => note.id)));
  return notes.flatMap((note, index) =>
    put(note, {
      stage: place.stage ?? null,
      channel: place.channel ?? null,
      rank: ranks[index] ?? note.rank,
    }),
  );
}

function duplicateNote(value: Value, edit: Edit<'duplicate_note'>, by: By): Guess {
  const note = onBoard(value, edit.note);
  if (typeof note === 'string') return note;
  if (value.get('note', edit.copy)) return 'id_taken';
  if (value.count('note') >= LIMITS.NOTES) return 'limit_reached';
  const next = value.at(cellKey(note.stage, note.channel)).find((other) => other.rank > note.rank);
  const copy = patched(note, {
    id: edit.copy,
    number: value.lastNumber + 1,
    rank: between(note.rank, next?.rank ?? null),
    author: by.author,
    created_at: by.at,
    votes: null,
    ref: '',
    imported: {},
  });
  return [{ type: 'put', record: copy }];
}

function removeNotes(value: Value, edit: Edit<'remove_notes'>, by: By): Guess {
  const notes = knownNotes(value, edit.notes);
  if (typeof notes === 'string') return notes;
  return notes.filter((note) => !isRemoved(note)).flatMap((note) => putAlways(note, { removed_at: by.at }));
}

function restoreNotes(value: Value, edit: Edit<'restore_notes'>): Guess {
  const notes = knownNotes(value, edit.notes);
  if (typeof notes === 'string') return notes;
  return notes.filter(isRemoved).map((note) => {
    return { type: 'put', record: home(value, patched(note, { removed_at: null })), was: note };
  });
}

function addLink(value: Value, edit: Edit<'add_link'>): Guess {
  const source = onBoard(value, edit.source);
  if (typeof source === 'string') return source;
  const target = onBoard(value, edit.target);
  if (typeof target === 'string') return target;
  if (source.id === target.id) return 'bad_value';
  if (value.get('link', edit.link)) return 'id_taken';
  if (value.count('link') >= LIMITS.LINKS) return 'limit_reached';
  const { kind } = edit;
  const twin = value
    .linksOf(source.id)
    .some((link) => link.kind === kind && link.source === source.id && link.target === target.id);
  if (twin) return [];
  return [
    { type: 'put', record: { type: 'link', id: edit.link, kind, source: source.id, target: target.id } },
  ];
}

function removeLink(value: Value, edit: Edit<'remove_link'>): Guess {
  const link = value.get('link', edit.link);
  return link ? [{ type: 'remove', was: link }] : [];
}

function onBoard(value: Value, id: string): Note | Code {
  const note = value.get('note', id);
  if (!note) return 'not_found';
  return isRemoved(note) ? 'note_removed' : note;
}

function knownNotes(value: Value, ids: readonly string[]): Note[] | Code {
  if (ids.length > LIMITS.BATCH) return 'limit_reached';
  const unique = [...new Set(ids)];
  const notes = unique.flatMap((id) => value.get('note', id) ?? []);
  return notes.length < unique.length ? 'not_found' : notes;
}

function put(was: Note, values: Partial<Note>): readonly Change[] {
  const record = patched(was, values);
  return same(record, lean(was)) ? [] : [{ type: 'put', record, was }];
}

function putAlways(was: Note, values: Partial<Note>): readonly Change[] {
  return [{ type: 'put', record: patched(was, values), was }];
}

function existing(value: Value, { stage, channel, before }: Place): Place {
  return {
    stage: stage && value.get('stage', stage) ? stage : null,
    channel: channel && value.get('channel', channel) ? channel : null,
    before: before ?? null,
  };
}

function ranksAt(value: Value, place: Place, count: number, moving: ReadonlySet<string>): string[] {
  const ranks = value
    .at(cellKey(place.stage, place.channel))
    .filter((note) => !moving.has(note.id))
    .map((note) => note.rank);
  const before = place.before ? value.get('note', place.before) : undefined;
  const index = before && !moving.has(before.id) ? ranks.indexOf(before.rank) : -1;
  if (!before || index < 0) return spread(ranks.at(-1) ?? null, null, count);
  return spread(ranks[index - 1] ?? null, before.rank, count);
}

function standsThere(value: Value, notes: readonly Note[], place: Place): boolean {
  const here = value
    .at(cellKey(place.stage, place.channel))
    .sort(inOrder)
    .map((note) => note.id);
  const wanted = notes.map((note) => note.id);
  const rest = here.filter((id) => !wanted.includes(id));
  const found = place.before ? rest.indexOf(place.before) : -1;
  const at = found < 0 ? rest.length : found;
  return same(here, [...rest.slice(0, at), ...wanted, ...rest.slice(at)]);
}
