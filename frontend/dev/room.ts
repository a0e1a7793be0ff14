// A server made of the browser's own guesses, with a few invented colleagues. For drawing the screen only.
import { predict } from '../src/model/predict';
import { Value, type Change } from '../src/model/value';
import type { Line } from '../src/wire/socket';
import type { BoardRecord, Person, Seen, Up, Welcome } from '../src/wire/types.gen';

const CROWD = [
  ['Julie', 'Marketing'],
  ['Mehdi', 'Marketing'],
  ['Sofia', 'Marketing'],
  ['Aïcha', 'Marketing'],
  ['Karim', 'Ventes'],
  ['Nadia', 'Ventes'],
  ['Yann', 'Ventes'],
  ['Léa', 'Customer Success'],
  ['Élodie', 'Customer Success'],
  ['Inès', 'Support'],
  ['Pascal', 'Support'],
  ['Antoine', 'Produit'],
  ['Thomas', 'DSI'],
  ['Sylvie', 'Administratif'],
] as const;

export class Room {
  readonly value: Value;
  readonly me: Person;
  readonly people: Person[];
  line: Line | null = null;
  seq = 1;

  constructor(
    private readonly records: BoardRecord[],
    role: string,
    private readonly crowded: boolean,
  ) {
    this.value = new Value(records);
    this.me = { id: 'me', name: 'Anne', team: 'Marketing', role };
    this.people = [this.me, ...CROWD.map(([name, team], i) => ({ id: `p${i}`, name, team }))];
  }

  welcome(snapshot: boolean): Welcome {
    return {
      type: 'welcome',
      epoch: 1,
      seq: this.seq,
      you: this.me,
      people: this.people,
      here: this.here(),
      ...(snapshot ? { snapshot: this.records } : {}),
    };
  }

  here(): Seen[] {
    if (!this.crowded) return [];
    const notes = this.value.notes().filter((note) => note.stage && note.channel);
    return CROWD.map(([name], i): Seen => {
      const note = notes[(i * 17 + 5) % Math.max(1, notes.length)];
      const doing = name === 'Inès' ? 'writing' : name === 'Karim' ? 'moving' : 'looking';
      return {
        connection: `c${i}`,
        person: `p${i}`,
        doing,
        ...(note && doing !== 'looking' ? { note: note.id } : {}),
        ...(note && i % 3 === 0 ? { stage: note.stage ?? null, channel: note.channel ?? null } : {}),
      };
    });
  }

  open(): Line {
    const line: Line = {
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
      close: () => line.onclose?.(),
      send: (text) => setTimeout(() => this.hear(line, JSON.parse(text) as Up), 20),
    };
    this.line = line;
    setTimeout(() => line.onopen?.());
    setInterval(() => this.say({ type: 'beat', seq: this.seq }), 3000);
    return line;
  }

  say(message: object): void {
    this.line?.onmessage?.({ data: JSON.stringify(message) });
  }

  private readonly done = new Map<string, readonly Change[]>();

  hear(_line: Line, message: Up): void {
    if (message.type === 'hello') return this.say(this.welcome(false));
    if (message.type !== 'submit') return;
    const { edit, edit_id } = message;
    const undone = edit.type === 'undo' ? this.done.get(edit.edit) : undefined;
    const guess = predict(this.value, edit, { author: this.me.id, at: Date.now(), undone });
    if (typeof guess === 'string') return this.say({ type: 'refused', edit_id, code: guess, detail: {} });
    if (guess.length === 0) return this.say({ type: 'settled', edit_id });
    this.tell(edit_id, this.me.id, edit.type, guess);
  }

  /** Revisions by anybody: `room.tell('x1', 'p3', 'set_note', [...])` in the console plays a colleague. */
  tell(edit_id: string, author: string, what: string, changes: readonly Change[]): void {
    this.done.set(edit_id, changes);
    this.value.advance(changes);
    this.seq += 1;
    const revision = { seq: this.seq, edit_id, author, at: Date.now(), what, changes };
    this.say({ type: 'revisions', revisions: [revision] });
  }
}
