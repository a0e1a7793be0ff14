// A draft that answers at once, and a board beside it: for the tests of the reading screens. It knows the few edits that they make.
import type {
  BoardRecord,
  Channel,
  DraftEdit,
  DraftRecord,
  Line,
  Note,
  Stage,
} from '../../../../wire/types.gen';
import type { Section, TabBoard, TabDraft, TabLine } from '../props';

type Values = Record<string, unknown>;

export class PlainDraft implements TabDraft {
  role = $state('facilitator');
  edits: DraftEdit[] = [];
  #lines: readonly Line[] = $state.raw([]);
  #made = 0;

  constructor(records: readonly DraftRecord[]) {
    this.#lines = records.filter((record): record is Line => record.type === 'line');
  }

  lines(section: Section, parent: string | null = null): readonly string[] {
    return this.#lines
      .filter((line) => line.section === section && (line.parent ?? null) === parent)
      .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
      .map((line) => line.id);
  }
  line(id: string): TabLine | undefined {
    const record = this.#lines.find((line) => line.id === id);
    return record && shown(record);
  }
  byItem(item: string): TabLine | undefined {
    const record = this.#lines.find((line) => line.item === item);
    return record && shown(record);
  }
  may(): boolean {
    return this.role === 'facilitator';
  }
  newId(): string {
    return `new${++this.#made}`;
  }

  edit(edit: DraftEdit): string {
    this.edits.push(edit);
    if (edit.type === 'move_line') this.#place(edit.line, edit.before ?? null);
    if (edit.type === 'set_line')
      this.#change(edit.line, (line) => ({ ...line, set: { ...line.set, ...edit.set } }));
    if (edit.type === 'add_line') {
      const { line: id, section, parent = null, set = {} } = edit;
      const line: Line = {
        type: 'line',
        id,
        item: `${section}.${id}`,
        section,
        code: 'PL-99',
        rank: '',
        parent,
        set,
      };
      this.#lines = [...this.#lines, { ...line, by_hand: true }];
      this.#place(id, edit.before ?? null);
    }
    return `e${this.edits.length}`;
  }

  #change(id: string, after: (line: Line) => Line): void {
    this.#lines = this.#lines.map((line) => (line.id === id ? after(line) : line));
  }
  #place(id: string, before: string | null): void {
    const moved = this.#lines.find((line) => line.id === id);
    if (!moved) return;
    const ids = this.lines(moved.section, moved.parent ?? null).filter((one) => one !== id);
    ids.splice(before ? ids.indexOf(before) : ids.length, 0, id);
    ids.forEach((one, at) => this.#change(one, (line) => ({ ...line, rank: String(at).padStart(4, '0') })));
  }
}

function shown(record: Line): TabLine {
  const values: Values = { ...record.proposal, ...record.set };
  return {
    id: record.id,
    record,
    values,
    label: String(values['label'] ?? ''),
    standing: record.into
      ? 'merged'
      : record.verdict === 'rejected'
        ? 'rejected'
        : (record.state ?? 'proposed'),
    questions: record.questions ?? [],
    unconfirmed: record.to_confirm ?? [],
    sources: record.sources ?? [],
  };
}

export function plainBoard(records: readonly BoardRecord[]): TabBoard {
  const byRank = (a: { rank: string }, b: { rank: string }) => (a.rank < b.rank ? -1 : 1);
  const notes = new Map(
    records.filter((one): one is Note => one.type === 'note').map((note) => [note.id, note]),
  );
  return {
    stages: records.filter((one): one is Stage => one.type === 'stage').sort(byRank),
    channels: records.filter((one): one is Channel => one.type === 'channel').sort(byRank),
    note: (id) => notes.get(id),
  };
}
