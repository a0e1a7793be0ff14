// What became of every note: sorted, counted, filtered, laid out as the grid. Decides nothing: the compiler did.
import type { Kind, Note, NoteUse, Source, Spec } from '../../../wire/types.gen';
import type { TabBoard } from './props';

export type Why = Exclude<NonNullable<NoteUse['why_not']>, ''>;
export type Fate = 'used' | 'left' | Why;

export interface Fed {
  readonly item: string;
  readonly code: string;
  readonly label: string;
}

export interface Use {
  readonly source: Source;
  readonly note: Note | undefined;
  readonly stage: string; // ids; '' for a note that is nowhere
  readonly channel: string;
  readonly fed: readonly Fed[];
  /** An event of the matrix, on these objects. */
  readonly events: readonly string[];
  readonly why: Why | '';
  readonly of: Source | undefined;
}

export interface Filter {
  readonly fate: Fate | '';
  readonly kind: Kind | 'none' | '';
  readonly stage: string; // '' for all, NOWHERE for the parking
  readonly channel: string;
}

export const NOWHERE = '-';
export const ALL: Filter = { fate: '', kind: '', stage: '', channel: '' };
/** In the order in which one would deal with them. */
export const WHYS: readonly Why[] = [
  'unanswered',
  'not_understood',
  'rejected',
  'duplicate',
  'out_of_crm',
  'logistics',
  'private',
  'empty',
];

type Lines = ReadonlyMap<string, { label: string; code: string }>;

export function usesOf(spec: Spec, board: TabBoard, lines: Lines): Use[] {
  return (spec.coverage?.notes ?? []).map((use) => {
    const note = use.note.note ? board.note(use.note.note) : undefined;
    const items = use.items ?? [];
    return {
      source: use.note,
      note,
      stage: (note ? note.stage : use.note.stage) ?? '',
      channel: (note ? note.channel : use.note.channel) ?? '',
      fed: items.flatMap((item) => {
        const line = lines.get(item);
        return line?.code ? [{ item, ...line }] : [];
      }),
      events: items.filter((item) => item.startsWith('matrix.')).map((item) => item.split('.')[1] ?? ''),
      why: items.length > 0 ? '' : use.why_not || 'not_understood',
      of: use.of ?? undefined,
    };
  });
}

export interface Sums {
  readonly total: number;
  readonly used: number;
  readonly left: number;
  readonly whys: readonly { readonly why: Why; readonly n: number }[];
}

export function sumsOf(uses: readonly Use[]): Sums {
  const left = uses.filter((use) => use.why !== '');
  return {
    total: uses.length,
    used: uses.length - left.length,
    left: left.length,
    whys: WHYS.map((why) => ({ why, n: left.filter((use) => use.why === why).length })).filter(
      (one) => one.n > 0,
    ),
  };
}

export function kept(uses: readonly Use[], filter: Filter): Use[] {
  return uses.filter(
    (use) =>
      (filter.fate === '' || isOf(use, filter.fate)) &&
      (filter.kind === '' || (use.note?.kind ?? 'none') === filter.kind) &&
      (filter.stage === '' || (use.stage || NOWHERE) === filter.stage) &&
      (filter.channel === '' || use.channel === filter.channel),
  );
}

function isOf(use: Use, fate: Fate): boolean {
  if (fate === 'used') return use.why === '';
  return fate === 'left' ? use.why !== '' : use.why === fate;
}

export interface Group {
  readonly stage: string;
  readonly uses: readonly Use[];
}

/** By stage, in journey order; what is nowhere comes last. */
export function grouped(uses: readonly Use[], board: TabBoard): Group[] {
  const known = new Set(board.stages.map((stage) => stage.id));
  const groups = board.stages.map((stage) => ({
    stage: stage.id,
    uses: uses.filter((use) => use.stage === stage.id),
  }));
  groups.push({ stage: NOWHERE, uses: uses.filter((use) => !known.has(use.stage)) });
  return groups.filter((group) => group.uses.length > 0);
}

export const GAPS = [
  'breakpoint_without_action',
  'irritant_without_action',
  'action_without_owner',
  'action_without_date',
  'stage_without_exit',
  'stage_without_signal',
  'stage_without_owner',
] as const;
export type Gap = (typeof GAPS)[number];

/** What the wall lacks, the gravest first; only what is lacking. */
export function gapsOf(spec: Spec): { readonly gap: Gap; readonly sources: readonly Source[] }[] {
  return GAPS.map((gap) => ({ gap, sources: spec.coverage?.[gap] ?? [] })).filter(
    (one) => one.sources.length > 0,
  );
}
