// The draft of a specification as a kind of document: what its edits are about, make and write.
import { decodeDraft } from '../../wire/decode';
import type { DocumentKind, Writing } from '../document';
import { batches, sizeOf } from '../pieces';
import { predict } from './predict';
import type { DraftEdit, DraftRecord } from './records';
import { DraftValue } from './value';

export const DRAFT: DocumentKind<DraftValue, DraftEdit, DraftRecord> = {
  decode: decodeDraft,
  load: (records) => new DraftValue(records),
  predict,
  undo: (edit) => ({ type: 'undo', edit }),
  undoes: (edit) => (edit.type === 'undo' ? edit.edit : undefined),
  isUndoable: (edit) => edit.type !== 'reopen',
  pieces,
  touches,
  makes,
  writings,
  rewrites,
  rewritten,
  again: (_value, edit) => edit,
};

/** What words of a line's attribute are called; ids hold no `/`. */
export function wordsOf(line: string, name: string): string {
  return `${line}/${name}`;
}

function pieces(edit: DraftEdit): readonly DraftEdit[] {
  switch (edit.type) {
    case 'accept_lines':
    case 'reject_lines':
    case 'reconsider_lines':
    case 'merge_lines':
      return batches(edit.lines, sizeOf).map((lines) => ({ ...edit, lines }));
    default:
      return [edit];
  }
}

/** The lines and comments that an edit is about. */
function touches(edit: DraftEdit): readonly string[] {
  switch (edit.type) {
    case 'set_line':
    case 'settle_conflict':
    case 'keep_line':
    case 'remove_line':
      return [edit.line];
    case 'move_line':
      return edit.before ? [edit.line, edit.before] : [edit.line];
    case 'add_line':
      return [edit.line, edit.parent, edit.before].flatMap((id) => id ?? []);
    case 'accept_lines':
    case 'reject_lines':
    case 'reconsider_lines':
      return edit.lines;
    case 'merge_lines':
      return [...edit.lines, edit.into];
    case 'add_comment':
      return [edit.line, edit.comment];
    case 'set_comment':
    case 'settle_comment':
    case 'remove_comment':
      return [edit.comment];
    case 'reopen':
    case 'undo':
      return [];
  }
}

function makes(edit: DraftEdit): readonly string[] {
  if (edit.type === 'add_line') return [edit.line];
  return edit.type === 'add_comment' ? [edit.comment] : [];
}

function writings(edit: DraftEdit): readonly Writing[] {
  if (edit.type === 'add_comment' || edit.type === 'set_comment')
    return [{ id: edit.comment, text: edit.text }];
  if (edit.type !== 'set_line' && edit.type !== 'add_line') return [];
  return Object.entries(edit.set).flatMap(([name, text]) =>
    typeof text === 'string' ? [{ id: wordsOf(edit.line, name), text }] : [],
  );
}

function rewrites(edit: DraftEdit): readonly string[] {
  return edit.type === 'set_line' || edit.type === 'set_comment' ? writings(edit).map(({ id }) => id) : [];
}

function rewritten(edit: DraftEdit, { id, text }: Writing): DraftEdit {
  if (edit.type === 'add_comment' || edit.type === 'set_comment') return { ...edit, text };
  if (edit.type !== 'set_line' && edit.type !== 'add_line') return edit;
  return { ...edit, set: { ...edit.set, [id.slice(edit.line.length + 1)]: text } };
}
