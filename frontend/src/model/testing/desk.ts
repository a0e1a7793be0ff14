// A draft under review, its server and the browsers on it.
import type { DraftEdit, DraftRecord, Line, Person, ReviewBootstrap } from '../../wire/types.gen';
import { DRAFT } from '../draft/kind';
import { DraftReplica } from '../draft/replica.svelte';
import type { DraftValue } from '../draft/value';
import type { ReplicaDeps } from '../sync';
import { Server } from './server';
import { AnyWorld } from './world';

/** A line of the workflows, as the wall proposes it. */
export function line(id: string, fields: Partial<Line> = {}): Line {
  return {
    type: 'line',
    id,
    item: `workflows.${id}`,
    section: 'workflows',
    code: 'WF-01',
    rank: `V${id}`,
    proposal: { label: `Relancer ${id}`, team: 'SAV' },
    ...fields,
  };
}

export class Desk extends AnyWorld<DraftValue, DraftEdit, DraftRecord, DraftReplica> {
  readonly server: Server<DraftValue, DraftEdit, DraftRecord>;

  constructor(records: readonly DraftRecord[] = [], seed = 1) {
    super(seed);
    this.server = new Server(DRAFT, [{ type: 'draft' }, ...records]);
  }

  /** What the wall says of a line, from now on. */
  proposes(id: string, fields: Partial<Line>): void {
    const was = this.server.value.line(id);
    if (!was) throw new Error(`no line ${id}`);
    this.server.record([{ type: 'put', record: { ...was, ...fields } }], 'system');
  }

  protected opened(person: Person, deps: ReplicaDeps<DraftEdit>): DraftReplica {
    const welcome = this.server.welcome(person, true) as unknown as ReviewBootstrap['welcome'];
    const bootstrap: ReviewBootstrap = {
      version: 1,
      board: 'board',
      document: 'draft-of-board',
      project: { id: 'p', client: 'Client' },
      role: person.role ?? 'participant',
      lang: 'fr',
      welcome,
      seq: 0,
      records: [{ type: 'board', title: 'Parcours' }],
      attributes: {},
    };
    return new DraftReplica(bootstrap, deps);
  }
}
