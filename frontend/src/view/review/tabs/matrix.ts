// The matrix Parcours × Objets as rows and columns: what is observed at each stage on each object.
import { t } from '../../../i18n';
import type { JourneyStage, Source, Spec } from '../../../wire/types.gen';

export type What = 'field' | 'event' | 'kpi';

export interface Entry {
  readonly what: What;
  readonly label: string;
  /** The line that it is, or the note that it was read from. */
  readonly item?: string;
  readonly source?: Source;
  readonly unseen?: boolean;
}

export interface Row {
  readonly object: string;
  readonly cells: readonly (readonly Entry[])[];
  /** Known of the object at no particular stage. */
  readonly anywhere: readonly Entry[];
}

export interface Table {
  readonly stages: readonly { readonly label: string; readonly exit: string }[];
  readonly rows: readonly Row[];
  /** Objects on which nothing is observed. */
  readonly silent: readonly string[];
  readonly counts: Readonly<Record<What, number>>;
}

/** `label` gives a line's words as they stand now; undefined when it does not stand any more. */
export function tableOf(spec: Spec, label: (item: string) => string | undefined): Table {
  const stages = spec.matrix?.stages ?? [];
  const cells = spec.matrix?.cells ?? [];
  const objects = [...new Set([...(spec.matrix?.objects ?? []), ...cells.map((cell) => cell.object)])].filter(
    Boolean,
  );
  const placed = new Set(cells.flatMap((cell) => [...(cell.fields ?? []), ...(cell.kpis ?? [])]));
  const sets = statusSets(spec);
  const line = (what: What, item: string): Entry[] => {
    const words = label(item);
    return words === undefined ? [] : [{ what, label: words, item }];
  };
  const rows = objects.map((object): Row => {
    const mine = sets.filter((set) => set.object === object);
    const inStage = (stage: string): Entry[] => {
      const cell = cells.find((one) => one.object === object && one.journey_stage === stage);
      return [
        ...(cell?.fields ?? []).flatMap((item) => line('field', item)),
        ...mine.filter((set) => set.stage === stage).map((set) => set.entry),
        ...(cell?.events ?? []).map((event): Entry => ({
          what: 'event',
          label: event.label,
          unseen: event.observed === false,
          ...(event.sources?.[0] ? { source: event.sources[0] } : {}),
        })),
        ...(cell?.kpis ?? []).flatMap((item) => line('kpi', item)),
      ];
    };
    const free = (what: What, lines: readonly { id: string; object?: string }[] | undefined) =>
      (lines ?? [])
        .filter((one) => one.object === object && !placed.has(one.id))
        .flatMap((one) => line(what, one.id));
    return {
      object,
      cells: stages.map(inStage),
      anywhere: [
        ...free('field', spec.fields),
        ...mine.filter((set) => !stages.includes(set.stage)).map((set) => set.entry),
        ...free('kpi', spec.kpis),
      ],
    };
  });
  const spoken = rows.filter((row) => row.anywhere.length > 0 || row.cells.some((cell) => cell.length > 0));
  return {
    stages: stages.map((name) => ({ label: name, exit: exitOf(spec.journey ?? [], name) })),
    rows: spoken,
    silent: rows.filter((row) => !spoken.includes(row)).map((row) => row.object),
    counts: countsOf(spoken),
  };
}

export const exitOf = (journey: readonly JourneyStage[], stage: string): string =>
  journey.find((one) => one.label === stage)?.exit_criteria ?? '';

function countsOf(rows: readonly Row[]): Record<What, number> {
  const counts = { field: 0, event: 0, kpi: 0 };
  for (const row of rows) for (const entry of [...row.anywhere, ...row.cells.flat()]) counts[entry.what] += 1;
  return counts;
}

interface StatusSet {
  readonly object: string;
  readonly stage: string;
  readonly entry: Entry;
}

/** « Statut (5 valeurs) », at the stage of the note that it was read from. */
function statusSets(spec: Spec): StatusSet[] {
  const sets = new Map<string, NonNullable<Spec['statuses']>>();
  for (const status of spec.statuses ?? []) {
    const key = `${status.object}/${status.set ?? ''}`;
    sets.set(key, [...(sets.get(key) ?? []), status]);
  }
  return [...sets.values()].map((group): StatusSet => {
    const first = group[0]!;
    const at = first.sources?.find((source) => source.stage)?.stage;
    const stage = (spec.journey ?? []).find((one) => one.sources?.some((source) => source.stage === at));
    return {
      object: first.object,
      stage: at ? (stage?.label ?? '') : '',
      entry: { what: 'field', label: t('review.tab.matrix.status', { n: group.length }), item: first.id },
    };
  });
}
