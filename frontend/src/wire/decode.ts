// From the text of a frame to a message, checking what the browser relies on. A frame that does not hold is a RangeError.
import type { Down } from './frames';
import type { BoardRecord, DraftRecord, Person, Seen } from './types.gen';

type Json = Readonly<Record<string, unknown>>;
/** Raises RangeError for what is no record of its kind of document. */
type Check<R> = (value: unknown) => asserts value is R;

/** Each raises RangeError for anything that is not a whole message of the server about a board, or about a draft. */
export const decode = (text: string): Down<BoardRecord> => decoded(text, boardRecord);
export const decodeDraft = (text: string): Down<DraftRecord> => decoded(text, draftRecord);

function decoded<R>(text: string, record: Check<R>): Down<R> {
  const message = object(parsed(text), 'frame');
  switch (message['type']) {
    case 'welcome':
      whole(message['epoch'], 'epoch');
      whole(message['seq'], 'seq');
      person(message['you']);
      list(message['people']).forEach(person);
      list(message['here'] ?? []).forEach(seen);
      list(message['snapshot'] ?? []).forEach((each) => record(each));
      break;
    case 'revisions':
      list(message['revisions']).forEach((each) => revision(each, record));
      break;
    case 'settled':
      word(message['edit_id'], 'edit_id');
      if ((message['seq'] ?? null) !== null) whole(message['seq'], 'seq');
      break;
    case 'refused':
      word(message['edit_id'], 'edit_id');
      word(message['code'], 'code');
      object(message['detail'], 'detail');
      break;
    case 'phrasing':
      whole(message['ask'], 'ask');
      word(message['verdict'], 'verdict');
      word(message['suggestion'] ?? '', 'suggestion');
      word(message['reason'], 'reason');
      break;
    case 'presence':
      list(message['seen']).forEach(seen);
      break;
    case 'people':
      list(message['people']).forEach(person);
      break;
    case 'beat':
      whole(message['seq'], 'seq');
      break;
    case 'bye':
      word(message['code'], 'code');
      if (typeof message['again'] !== 'boolean') throw new RangeError('again');
      break;
    default:
      throw new RangeError('type');
  }
  return message as unknown as Down<R>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('not JSON');
  }
}

function revision(value: unknown, record: (value: unknown) => void): void {
  const item = object(value, 'revision');
  whole(item['seq'], 'seq');
  word(item['edit_id'], 'edit_id');
  word(item['author'], 'author');
  for (const each of list(item['changes'])) {
    const change = object(each, 'change');
    if (change['type'] === 'put') record(change['record']);
    else if (change['type'] === 'remove') record(change['was']);
    else throw new RangeError('change');
  }
}

function boardRecord(value: unknown): asserts value is BoardRecord {
  const item = object(value, 'record');
  if (item['type'] === 'board') word(item['title'], 'title');
  else word(item['id'], 'id');
  switch (item['type']) {
    case 'board':
    case 'gap':
    case 'link':
      break;
    case 'note':
      whole(item['number'], 'number');
      word(item['rank'], 'rank');
      word(item['text'] ?? '', 'text');
      break;
    case 'stage':
    case 'channel':
      word(item['name'], 'name');
      word(item['rank'], 'rank');
      break;
    default:
      throw new RangeError('record');
  }
}

function draftRecord(value: unknown): asserts value is DraftRecord {
  const item = object(value, 'record');
  if (item['type'] !== 'draft') word(item['id'], 'id');
  switch (item['type']) {
    case 'draft':
    case 'part':
      break;
    case 'line':
      for (const field of ['item', 'section', 'code', 'rank']) word(item[field], field);
      for (const field of ['proposal', 'set', 'base']) object(item[field] ?? {}, field);
      for (const field of ['sources', 'questions', 'to_confirm']) list(item[field] ?? []);
      break;
    case 'comment':
      word(item['line'], 'line');
      word(item['text'], 'text');
      word(item['author'], 'author');
      break;
    default:
      throw new RangeError('record');
  }
}

function person(value: unknown): asserts value is Person {
  const item = object(value, 'person');
  word(item['id'], 'id');
  word(item['name'], 'name');
}

function seen(value: unknown): asserts value is Seen {
  const item = object(value, 'seen');
  word(item['connection'], 'connection');
  word(item['person'], 'person');
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(what);
  return value as Json;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError('list');
  return value;
}

function word(value: unknown, what: string): void {
  if (typeof value !== 'string') throw new RangeError(what);
}

function whole(value: unknown, what: string): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(what);
}
