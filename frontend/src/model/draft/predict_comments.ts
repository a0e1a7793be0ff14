// The guess of what edits do to remarks. One's own words are one's own; that a remark is dealt with, anybody may say. See predict.ts.
import type { Code } from '../../wire/types.gen';
import { LIMITS } from '../limits';
import { length } from '../records';
import type { By, Guess } from './predict';
import type { Comment, DraftEdit } from './records';
import type { DraftValue } from './value';

type Edit<T extends DraftEdit['type']> = Extract<DraftEdit, { type: T }>;

export function addComment(value: DraftValue, edit: Edit<'add_comment'>, by: By): Guess {
  if (value.comment(edit.comment)) return 'id_taken';
  if (value.commentCount >= LIMITS.COMMENTS) return 'limit_reached';
  if (!value.line(edit.line)) return 'not_found';
  const text = edit.text.trim();
  const refused = refusedText(text);
  if (refused) return refused;
  const { comment: id, line } = edit;
  return [{ type: 'put', record: { type: 'comment', id, line, text, author: by.author, at: by.at } }];
}

export function setComment(value: DraftValue, edit: Edit<'set_comment'>, by: By): Guess {
  const was = own(value, edit.comment, by);
  if (typeof was === 'string') return was;
  const text = edit.text.trim();
  const refused = refusedText(text);
  if (refused) return refused;
  return text === was.text ? [] : [{ type: 'put', record: { ...was, text }, was }];
}

export function settleComment(value: DraftValue, edit: Edit<'settle_comment'>): Guess {
  const was = value.comment(edit.comment);
  if (!was) return 'not_found';
  const { settled } = edit;
  return settled === (was.settled ?? false) ? [] : [{ type: 'put', record: { ...was, settled }, was }];
}

export function removeComment(value: DraftValue, edit: Edit<'remove_comment'>, by: By): Guess {
  const was = own(value, edit.comment, by);
  return typeof was === 'string' ? was : [{ type: 'remove', was }];
}

function own(value: DraftValue, id: string, by: By): Comment | Code {
  const said = value.comment(id);
  if (!said) return 'not_found';
  return said.author === by.author ? said : 'not_yours';
}

function refusedText(text: string): Code | undefined {
  if (text === '') return 'bad_value';
  return length(text) > LIMITS.TEXT_TYPED ? 'too_long' : undefined;
}
