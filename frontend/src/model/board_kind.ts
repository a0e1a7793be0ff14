// The board as a kind of document: what its edits are about, make and write.
import { decode } from '../wire/decode';
import type { BoardEdit, BoardRecord } from '../wire/types.gen';
import type { DocumentKind, Writing } from './document';
import { newId } from './ids';
import type { Bytes } from './ids';
import { pieces } from './pieces';
import { predict } from './predict';
import { isRemoved } from './records';
import { Value } from './value';

export const BOARD: DocumentKind<Value, BoardEdit, BoardRecord> = {
  decode,
  load: (records) => new Value(records),
  predict,
  undo: (edit) => ({ type: 'undo', edit }),
  undoes: (edit) => (edit.type === 'undo' ? edit.edit : undefined),
  isUndoable: () => true,
  pieces,
  touches,
  makes,
  writings,
  rewrites: (edit) => (edit.type === 'set_note_text' ? [edit.note] : []),
  rewritten,
  again,
};

/** The notes that an edit is about. */
function touches(edit: BoardEdit): readonly string[] {
  switch (edit.type) {
    case 'add_notes':
      return edit.notes.map((note) => note.id);
    case 'set_note_text':
    case 'set_note':
      return [edit.note];
    case 'duplicate_note':
      return [edit.note, edit.copy];
    case 'move_notes':
    case 'remove_notes':
    case 'restore_notes':
      return edit.notes;
    case 'set_texts':
      return edit.notes.map((each) => each.note);
    case 'add_link':
      return [edit.source, edit.target];
    default:
      return [];
  }
}

function makes(edit: BoardEdit): readonly string[] {
  if (edit.type === 'add_notes') return edit.notes.map((note) => note.id);
  return edit.type === 'duplicate_note' ? [edit.copy] : [];
}

/** What an edit writes, and in which note. */
function writings(edit: BoardEdit): readonly Writing[] {
  if (edit.type === 'set_note_text') return [{ id: edit.note, text: edit.text }];
  return edit.type === 'add_notes' ? edit.notes.map(({ id, text }) => ({ id, text: text ?? '' })) : [];
}

function rewritten(edit: BoardEdit, { id, text }: Writing): BoardEdit {
  if (edit.type === 'set_note_text') return { ...edit, text };
  if (edit.type !== 'add_notes') return edit;
  return { ...edit, notes: edit.notes.map((added) => (added.id === id ? { ...added, text } : added)) };
}

/** Into their note, or into a new one where that is gone. */
function again(value: Value, edit: BoardEdit, bytes: Bytes): BoardEdit {
  if (edit.type !== 'set_note_text') return edit;
  const note = value.get('note', edit.note);
  if (note && !isRemoved(note)) return edit;
  return { type: 'add_notes', notes: [{ id: newId(bytes), text: edit.text }], place: {} };
}
