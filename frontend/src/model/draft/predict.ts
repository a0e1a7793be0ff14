// The guess of what the server will answer to my own edit of a draft: one dispatch table, and what edits do to lines.
// A wrong guess is harmless: the revision replaces it. Held to the truth by tests/vectors/draft.json.
import type { By as AnyBy, Guess as AnyGuess } from '../document';
import { LIMITS } from '../limits';
import { between } from '../rank';
import { length, same } from '../records';
import { entered, refusedValues } from './entered';
import { addComment, removeComment, setComment, settleComment } from './predict_comments';
import { predictUndo } from './predict_undo';
import { fullLine } from './records';
import type { DraftEdit, DraftRecord, FullLine, Line, Values } from './records';
import { conflicts, effective, saysSame } from './standing';
import type { Change, DraftValue } from './value';

export type By = AnyBy<DraftRecord>;
export type Guess = AnyGuess<DraftRecord>;
type Edit<T extends DraftEdit['type']> = Extract<DraftEdit, { type: T }>;

export function predict(value: DraftValue, edit: DraftEdit, by: By): Guess {
  switch (edit.type) {
    case 'set_line':
      return setLine(value, edit, by);
    case 'accept_lines':
      return acceptLines(value, edit, by);
    case 'reject_lines':
      return rejectLines(value, edit, by);
    case 'reconsider_lines':
      return reconsiderLines(value, edit, by);
    case 'settle_conflict':
      return settleConflict(value, edit, by);
    case 'keep_line':
      return keepLine(value, edit, by);
    case 'add_line':
      return addLine(value, edit, by);
    case 'remove_line':
      return removeLine(value, edit);
    case 'move_line':
      return moveLine(value, edit, by);
    case 'merge_lines':
      return mergeLines(value, edit, by);
    case 'add_comment':
      return addComment(value, edit, by);
    case 'set_comment':
      return setComment(value, edit, by);
    case 'settle_comment':
      return settleComment(value, edit);
    case 'remove_comment':
      return removeComment(value, edit, by);
    case 'reopen':
      return reopen(value);
    case 'undo':
      return predictUndo(value, by);
  }
}

function setLine(value: DraftValue, edit: Edit<'set_line'>, by: By): Guess {
  const line = value.line(edit.line);
  if (!line) return 'not_found';
  const refused = refusedValues(edit.set);
  if (refused) return refused;
  const set: Record<string, unknown> = { ...line.set };
  const base: Record<string, unknown> = { ...line.base };
  for (const [name, raw] of Object.entries(edit.set)) {
    const said = line.proposal?.[name] ?? null;
    const chosen = !line.by_hand && saysSame(raw, said) ? said : entered(name, raw);
    if (line.by_hand) {
      set[name] = chosen;
      continue;
    }
    base[name] = said;
    if (saysSame(chosen, said)) {
      delete set[name];
      if (line.verdict !== 'accepted') delete base[name];
    } else set[name] = chosen;
  }
  return put(line, by, { set, base });
}

/** An agreement is with the whole line as the wall has it now; a conflict must be settled before. */
function acceptLines(value: DraftValue, edit: Edit<'accept_lines'>, by: By): Guess {
  return each(value, edit.lines, (line) => {
    if (line.gone || conflicts(line).length > 0) return 'unsettled';
    if (line.verdict === 'accepted') return [];
    // of what only the decision names, the wall said nothing
    const unsaid = Object.fromEntries(Object.keys(line.set ?? {}).map((name) => [name, null]));
    const base = { ...unsaid, ...line.proposal };
    return put(line, by, { verdict: 'accepted', base, why: '', into: null, ...judged(by) });
  });
}

function rejectLines(value: DraftValue, edit: Edit<'reject_lines'>, by: By): Guess {
  const why = edit.why.trim();
  if (why === '') return 'bad_value';
  if (length(why) > LIMITS.FIELD) return 'too_long';
  const aside = each(value, edit.lines, (line) =>
    put(line, by, { verdict: 'rejected', why, into: null, ...judged(by) }),
  );
  if (typeof aside === 'string') return aside;
  // what they had absorbed is there again, to be looked at
  const held = edit.lines
    .flatMap((name) => value.mergedInto(name))
    .filter((one) => !edit.lines.includes(one.id));
  return [...aside, ...held.flatMap((one) => put(one, by, { into: null, judged_by: '', judged_at: 0 }))];
}

const judged = (by: By): { judged_by: string; judged_at: number } => ({
  judged_by: by.author,
  judged_at: by.at,
});

/** What was edited keeps its base, so that what the wall said meanwhile shows. */
function reconsiderLines(value: DraftValue, edit: Edit<'reconsider_lines'>, by: By): Guess {
  return each(value, edit.lines, (line) => {
    const kept = Object.entries(line.base ?? {}).filter(([name]) => name in (line.set ?? {}));
    const base = Object.fromEntries(kept);
    return put(line, by, { verdict: '', why: '', into: null, judged_by: '', judged_at: 0, base });
  });
}

function settleConflict(value: DraftValue, edit: Edit<'settle_conflict'>, by: By): Guess {
  const line = value.line(edit.line);
  if (!line) return 'not_found';
  if (!conflicts(line).includes(edit.name)) return [];
  const set: Record<string, unknown> = { ...line.set };
  const base: Record<string, unknown> = { ...line.base, [edit.name]: line.proposal?.[edit.name] ?? null };
  if (edit.keep === 'wall') {
    delete set[edit.name];
    if (line.verdict !== 'accepted') delete base[edit.name];
  } else set[edit.name] = effective(line)[edit.name] ?? null;
  return put(line, by, { set, base });
}

function keepLine(value: DraftValue, edit: Edit<'keep_line'>, by: By): Guess {
  const line = value.line(edit.line);
  if (!line) return 'not_found';
  if (!line.gone) return [];
  return put(line, by, { gone: false, by_hand: true, set: { ...effective(line) }, proposal: {}, base: {} });
}

/** Its printed code, and what its section cannot do without, are the server's to give. */
function addLine(value: DraftValue, edit: Edit<'add_line'>, by: By): Guess {
  const { section } = edit;
  const parent = edit.parent ?? null;
  if (value.line(edit.line)) return 'id_taken';
  if (value.lineCount >= LIMITS.DRAFT_LINES) return 'limit_reached';
  if ((section === 'steps') !== (parent !== null)) return 'bad_value';
  if (parent !== null) {
    const pipeline = value.line(parent);
    if (pipeline?.section !== 'pipelines') return pipeline ? 'bad_value' : 'not_found';
  }
  if (!('label' in edit.set)) return 'bad_value';
  const refused = refusedValues(edit.set);
  if (refused) return refused;
  const before = edit.before ? value.line(edit.before) : null;
  if (before === undefined) return 'not_found';
  if (before && (before.section !== section || (before.parent ?? null) !== parent)) return 'bad_value';
  const set = Object.entries(edit.set).map(([name, raw]) => [name, entered(name, raw)] as const);
  const line: Line = {
    type: 'line',
    id: edit.line,
    item: `${section === 'steps' ? 'pipelines' : section}.by_hand.${edit.line}`,
    section,
    code: '',
    rank: rankAt(value.siblings(section, parent), before, null),
    parent,
    by_hand: true,
    set: { ...ofNeighbours(value, edit), ...Object.fromEntries(set) },
    moved: true,
    by: by.author,
    at: by.at,
  };
  return [{ type: 'put', record: line }];
}

/** With an object, as its neighbours have it. */
function ofNeighbours(value: DraftValue, edit: Edit<'add_line'>): Values {
  const fellow = value
    .siblings(edit.section, edit.parent)
    .filter((line) => !line.by_hand)
    .at(-1);
  if (!fellow) return {};
  const said = effective(fellow);
  const found = ['object', 'field'].filter((name) => name in said).map((name) => [name, said[name]] as const);
  return Object.fromEntries(found);
}

function removeLine(value: DraftValue, edit: Edit<'remove_line'>): Guess {
  const line = value.line(edit.line);
  if (!line) return 'not_found';
  const gone = [...value.children(line.id), line];
  if (gone.some((one) => !one.by_hand && !one.gone)) return 'not_allowed';
  const said = gone.flatMap((one) => value.commentsOn(one.id));
  return [...said, ...gone].map((was): Change => ({ type: 'remove', was }));
}

function moveLine(value: DraftValue, edit: Edit<'move_line'>, by: By): Guess {
  const line = value.line(edit.line);
  const before = edit.before ? value.line(edit.before) : null;
  if (!line || before === undefined) return 'not_found';
  if (before && !areSiblings(before, line)) return 'bad_value';
  if (before === line) return [];
  const others = value.siblings(line.section, line.parent);
  const after = others[others.indexOf(line) + 1] ?? null;
  if (after === before) return [];
  return put(line, by, { rank: rankAt(others, before, line), moved: true });
}

/** Those that were merged into one of them follow it. */
function mergeLines(value: DraftValue, edit: Edit<'merge_lines'>, by: By): Guess {
  const into = value.line(edit.into);
  if (!into) return 'not_found';
  if (into.into || into.verdict === 'rejected' || edit.lines.includes(into.id)) return 'bad_value';
  const names = new Set(edit.lines);
  if (names.size > LIMITS.BATCH) return 'limit_reached';
  const lines = [...names].map((name) => value.line(name));
  if (lines.includes(undefined)) return 'not_found';
  if (lines.some((line) => line && !areSiblings(line, into))) return 'bad_value';
  const followers = [...names].flatMap((name) => value.mergedInto(name)).map((line) => line.id);
  return each(value, [...names, ...followers], (line) =>
    put(line, by, { into: into.id, verdict: '', why: '', ...judged(by) }),
  );
}

function reopen(value: DraftValue): Guess {
  const was = value.info;
  if (!was.frozen) return [];
  return [{ type: 'put', record: { ...was, frozen: false, number: was.number + 1 }, was }];
}

function areSiblings(one: Line, other: Line): boolean {
  return one.section === other.section && (one.parent ?? null) === (other.parent ?? null);
}

/** What is done to each of several lines; one that cannot be refuses them all. */
function each(value: DraftValue, names: readonly string[], change: (line: Line) => Guess): Guess {
  const wanted = [...new Set(names)];
  if (wanted.length > LIMITS.BATCH) return 'limit_reached';
  const lines = wanted.flatMap((name) => value.line(name) ?? []);
  if (lines.length < wanted.length) return 'not_found';
  const changes: Change[] = [];
  for (const line of lines) {
    const guess = change(line);
    if (typeof guess === 'string') return guess;
    changes.push(...guess);
  }
  return changes;
}

function put(line: Line, by: By, changed: Partial<FullLine>): Change[] {
  const was = fullLine(line);
  const after = { ...was, ...changed };
  if (same(after, was)) return [];
  return [{ type: 'put', record: { ...after, by: by.author, at: by.at }, was: line }];
}

function rankAt(others: readonly Line[], before: Line | null, moving: Line | null): string {
  const rest = others.filter((one) => one !== moving);
  const at = before ? rest.indexOf(before) : rest.length;
  return between(rest[at - 1]?.rank ?? null, rest[at]?.rank ?? null);
}
