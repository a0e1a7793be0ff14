// What differs between two states of the specification, made ready to be shown: one entry a line, with all that became of it.
import type {
  Cause,
  Citation,
  Compared,
  ComparedLine,
  Difference,
  Move,
  SectionComparison,
  Standing,
} from '../../../wire/types.gen';

/** A value as `spec.json` has it. */
export type Plain = Difference['before'];

/** `added`, `removed`; `changed`: says something else; `standing`: only stands otherwise; `other`: only moved or cites otherwise. */
export const WAYS = ['added', 'changed', 'removed', 'standing', 'other'] as const;
export type Way = (typeof WAYS)[number];
export interface LineChange {
  readonly line: ComparedLine;
  readonly way: Way;
  readonly attributes: readonly Difference[];
  readonly standing: Standing | undefined;
  readonly cited: Citation | undefined;
  readonly moved: Move | undefined;
  readonly causes: readonly Cause[];
}
export interface SectionChange {
  readonly name: string;
  readonly lines: Readonly<Record<Way, readonly LineChange[]>>;
}
type Causes = ReadonlyMap<string, readonly Cause[]>;

/** Every line once, in the first of the ways that tells the most of it. */
export function changesOf({ comparison, causes }: Pick<Compared, 'comparison' | 'causes'>): SectionChange[] {
  const why: Causes = new Map(causes.map((one) => [`${one.section} ${one.id}`, one.causes ?? []]));
  return (comparison.sections ?? []).map((section) => sectionOf(section, why));
}

export const countOf = (sections: readonly SectionChange[], way: Way): number =>
  sections.reduce((sum, section) => sum + section.lines[way].length, 0);

function sectionOf(section: SectionComparison, causes: Causes): SectionChange {
  const attributes = byId(section.changed);
  const standing = byId(section.standing);
  const cited = byId(section.cited);
  const moved = byId(section.moved);
  const told = new Set<string>();
  const entry = (line: ComparedLine, way: Way): LineChange => ({
    line,
    way,
    attributes: attributes.get(line.id)?.attributes ?? [],
    standing: standing.get(line.id),
    cited: cited.get(line.id),
    moved: moved.get(line.id),
    causes: causes.get(`${section.name} ${line.id}`) ?? [],
  });
  const entries = (lines: readonly ComparedLine[], way: Way): LineChange[] => {
    const fresh = lines.filter((line) => !told.has(line.id));
    for (const line of fresh) told.add(line.id);
    return fresh.map((line) => entry(line, way));
  };
  return {
    name: section.name,
    lines: {
      added: entries(section.added ?? [], 'added'),
      removed: entries(section.removed ?? [], 'removed'),
      changed: entries(linesOf(section.changed), 'changed'),
      standing: entries(linesOf(section.standing), 'standing'),
      other: entries(together(linesOf(section.moved), linesOf(section.cited)), 'other'),
    },
  };
}

const byId = <T extends { readonly line: ComparedLine }>(all: readonly T[] = []): Map<string, T> =>
  new Map(all.map((one) => [one.line.id, one]));
const linesOf = (all: readonly { readonly line: ComparedLine }[] = []): ComparedLine[] =>
  all.map((one) => one.line);
/** A line of both is there once. */
const together = (one: readonly ComparedLine[], other: readonly ComparedLine[]): ComparedLine[] => [
  ...new Map([...one, ...other].map((line) => [line.id, line])).values(),
];
