// A small server of one document, for tests of replicas: it orders, it never forgets, and its lines are flushed by hand.
// Its rules are the browser's guesses, plus a merge for boards; the real ones are held by tests/vectors.
import type { Change, Down, Revision, Up, Welcome } from '../../wire/frames';
import type { Line } from '../../wire/socket';
import type { BoardEdit, BoardRecord, Code, Person } from '../../wire/types.gen';
import { BOARD } from '../board_kind';
import type { Asked, DocumentKind, DocumentValue } from '../document';
import { withPast } from '../past';
import type { Told } from '../phrasing';
import { lean } from '../records';
import type { Value } from '../value';

/** One connection, as the browser sees it, and what is under way in both directions. */
export class FakeLine implements Line {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly up: string[] = [];
  readonly down: string[] = [];
  isClosed = false;
  isOpen = false;
  greeted = false;

  send(text: string): void {
    if (!this.isOpen || this.isClosed) throw new Error('the line is not open');
    this.up.push(text);
  }
  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.isOpen = true;
    this.onopen?.();
  }
  say<R>(message: Down<R>): void {
    this.down.push(JSON.stringify(message));
  }
  /** Delivers some of what the server said, all of it by default. */
  deliver(count = Infinity): void {
    for (const text of this.down.splice(0, count)) this.onmessage?.({ data: text });
  }
  /** Cut: what was under way in both directions is lost. */
  cut(): void {
    this.down.length = 0;
    this.up.length = 0;
    this.isClosed = true;
    this.onclose?.();
  }
}

/** A value that tells all its records. */
export interface Whole<R> extends DocumentValue<R> {
  records(): R[];
}

export class Server<V extends Whole<R>, E extends Asked, R> {
  epoch = 1;
  value: V;
  readonly log: Revision<R>[] = [];
  readonly lines: { line: FakeLine; person: Person }[] = [];
  readonly people: Person[] = [];
  /** Codes with which the next edits are refused, for tests of refusals. */
  readonly refuse: Code[] = [];
  readonly dismissed: string[] = [];
  /** What is said of a text, for tests of phrasing; a text that is not here is not answered. */
  readonly told = new Map<string, Told>();
  readonly #kind: DocumentKind<V, E, R>;
  readonly #past = new Map<string, { author: string; changes: readonly Change<R>[] }>();

  constructor(kind: DocumentKind<V, E, R>, records: readonly R[]) {
    this.#kind = kind;
    this.value = kind.load(records);
  }
  get seq(): number {
    return this.log.length;
  }

  connect(person: Person): FakeLine {
    const line = new FakeLine();
    this.lines.push({ line, person });
    return line;
  }

  /** Takes some of what one browser said, all of it by default. */
  take(line: FakeLine, count = Infinity): void {
    const here = this.lines.find((each) => each.line === line);
    for (const text of line.up.splice(0, count)) {
      if (here) this.#hear(line, here.person, JSON.parse(text) as Up<E>);
    }
  }

  /** Everything under way arrives, both ways, until all is quiet. */
  flush(): void {
    for (let busy = true; busy;) {
      busy = false;
      for (const { line } of [...this.lines]) {
        if (line.isClosed) continue;
        busy ||= line.up.length > 0 || line.down.length > 0;
        this.take(line);
        line.deliver();
      }
    }
  }

  welcome(person: Person, whole: boolean): Welcome<R> {
    const message: Welcome<R> = {
      type: 'welcome',
      epoch: this.epoch,
      seq: this.seq,
      you: person,
      people: this.people,
    };
    return whole ? { ...message, snapshot: this.value.records() } : message;
  }

  /** As if somebody else had asked it. */
  do(edit: E, author = 'else', editId = this.#elseId()): Revision<R> | Code {
    const named = this.#kind.undoes(edit);
    const undone = named === undefined ? undefined : this.#past.get(named);
    if (named !== undefined && undone === undefined) return 'cannot_undo';
    const by = { author, at: this.#now, undone: undone?.changes };
    const guess = this.#kind.predict(this.value, this.merged(edit), by);
    return typeof guess === 'string' ? guess : this.record(guess, author, editId, edit.type);
  }

  /** These changes become a revision, whatever the rules say. */
  record(guess: readonly Change<R>[], author = 'else', editId = this.#elseId(), what = ''): Revision<R> {
    const changes = guess.map((change) => this.stripped(change));
    const revision = { seq: this.seq + 1, edit_id: editId, author, at: this.#now, what, changes };
    if (changes.length === 0) return revision;
    this.#past.set(editId, { author, changes: withPast(this.value, changes) });
    this.value.advance(changes);
    this.log.push(revision);
    for (const { line } of this.lines) {
      if (line.greeted && !line.isClosed) line.say({ type: 'revisions', revisions: [revision] });
    }
    return revision;
  }

  get #now(): number {
    return 1_700_000_000_000 + this.seq;
  }
  #elseId(): string {
    return `else-${this.seq}-${Math.abs(this.epoch)}`;
  }

  /** What the edit is once it met what stands. */
  protected merged(edit: E): E {
    return edit;
  }
  /** What the wire shows of a change. */
  protected stripped(change: Change<R>): Change<R> {
    return change.type === 'put' ? { type: 'put', record: change.record } : change;
  }

  #hear(line: FakeLine, person: Person, message: Up<E>): void {
    if (message.type === 'hello') {
      const known = message.epoch === this.epoch && message.since <= this.seq;
      line.say(this.welcome(person, !known));
      if (known && message.since < this.seq) {
        line.say({ type: 'revisions', revisions: this.log.slice(message.since) });
      }
      line.greeted = true;
    } else if (message.type === 'ask_phrasing') {
      const told = this.told.get(message.text);
      if (told) line.say({ type: 'phrasing', ask: message.ask, ...told });
    } else if (message.type === 'dismiss_phrasing') this.dismissed.push(message.rule);
    else if (message.type === 'submit') this.#submit(line, person, message.edit_id, message.edit);
  }

  #submit(line: FakeLine, person: Person, edit_id: string, edit: E): void {
    const before = this.log.find((revision) => revision.edit_id === edit_id);
    if (before) {
      line.say({ type: 'settled', edit_id, seq: before.seq });
      return;
    }
    const code = this.refuse.shift();
    const answer = code ?? this.do(edit, person.id, edit_id);
    if (typeof answer === 'string') line.say({ type: 'refused', edit_id, code: answer, detail: {} });
    else if (answer.changes.length === 0) line.say({ type: 'settled', edit_id });
  }
}

export class FakeServer extends Server<Value, BoardEdit, BoardRecord> {
  constructor(records: readonly BoardRecord[]) {
    super(BOARD, records);
  }
  protected override merged(edit: BoardEdit): BoardEdit {
    return merged(this.value, edit);
  }
  protected override stripped(change: Change<BoardRecord>): Change<BoardRecord> {
    return change.type === 'put' ? { type: 'put', record: lean(change.record) } : change;
  }
}

/** The text that keeps the words of both: those that are new in `edit.text` are put behind what stands there. */
function merged(value: Value, edit: BoardEdit): BoardEdit {
  if (edit.type !== 'set_note_text') return edit;
  const now = value.get('note', edit.note)?.text ?? '';
  if (now === edit.base) return edit;
  const counted = (text: string): string[] => text.split(/\s+/).filter(Boolean);
  const known = new Set([...counted(edit.base), ...counted(now)]);
  const added = counted(edit.text).filter((word) => !known.has(word));
  return { ...edit, text: [now, ...added].filter(Boolean).join(' '), base: now === '' ? ' ' : '' };
}
