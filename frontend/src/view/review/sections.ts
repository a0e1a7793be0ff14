// In which order sections are read, under which heading, and which columns tell a line at a glance. Everything else is in its card.
import type { Line } from '../../wire/types.gen';

export type Section = Line['section'];

export interface Group {
  readonly key: 'decided' | 'made';
  readonly sections: readonly Section[];
}

/** Steps are read under their pipelines. */
export const GROUPS: readonly Group[] = [
  {
    key: 'decided',
    sections: [
      'objects',
      'pipelines',
      'statuses',
      'fields',
      'transitions',
      'workflows',
      'views',
      'kpis',
      'sla',
      'scoring',
      'roles',
      'personal_data',
    ],
  },
  { key: 'made', sections: ['integrations', 'content', 'scenarios', 'actions'] },
];
export const SECTIONS: readonly Section[] = GROUPS.flatMap((group) => group.sections);

/** Besides the name and the state. `share`: of the table's width, in percent. */
export interface Column {
  readonly name: string;
  readonly share: number;
}
const columns = (...said: readonly [string, number][]): readonly Column[] =>
  said.map(([name, share]) => ({ name, share }));

export const COLUMNS: Readonly<Record<Section, readonly Column[]>> = {
  objects: columns(['purpose', 46]),
  pipelines: columns(['object', 18], ['owner_team', 18]),
  steps: columns(['milestone', 18], ['outcome', 18]),
  statuses: columns(['object', 20], ['category', 18]),
  fields: columns(['type', 19], ['required_at', 19]),
  transitions: columns(['responsible', 18], ['delay', 18]),
  workflows: columns(['trigger', 26], ['owner', 14]),
  views: columns(['kind', 18], ['audience', 20]),
  kpis: columns(['journey_stage', 18], ['target', 18]),
  sla: columns(['delay', 18], ['owner', 18]),
  scoring: columns(['kind', 20], ['owner', 16]),
  roles: columns(['kind', 14], ['duties', 30]),
  integrations: columns(['system', 18], ['channels', 26]),
  content: columns(['kind', 16], ['owner', 18]),
  personal_data: columns(['object', 20], ['retention', 18]),
  scenarios: columns(['journey_stage', 20]),
  actions: columns(['owner', 16], ['due', 16]),
};

/** Where one object at a time is easier to review. */
export const BY_OBJECT: ReadonlySet<Section> = new Set<Section>(['fields', 'statuses']);

/** Who answers for a line, in the order in which sections name them. */
export const PEOPLE = ['team', 'owner_team', 'owner', 'responsible', 'audience'] as const;

/** The section whose heading a line stands under. */
export const home = (section: Section): Section => (section === 'steps' ? 'pipelines' : section);
