// The seven kinds in the order of keys 1 to 7, and what each looks like. « À qualifier » is the absence of a kind.
import type { PlainKey } from '../i18n';
import type { Kind, LinkKind, Note } from '../wire/types.gen';

export const KINDS: readonly Kind[] = [
  'touchpoint',
  'irritant',
  'delight',
  'breakpoint',
  'need',
  'opportunity',
  'action',
];
export const EMOTIONS = [-2, -1, 0, 1, 2] as const;
export const SCORES = [1, 2, 3, 4, 5] as const;
export const STATUSES = ['todo', 'doing', 'done', 'dropped'] as const;
export const CRM_OBJECTS = [
  'lead',
  'contact',
  'account',
  'opportunity',
  'ticket',
  'contract',
  'subscription',
  'campaign',
  'activity',
] as const;

export type Paper = Kind | 'none';

export const paper = (kind: Kind | null | undefined): Paper => kind ?? 'none';
export const kindKey = (kind: Kind | null | undefined): PlainKey => `kind.${paper(kind)}`;

const MOODS: Record<string, string> = {
  '-2': 'mood-m2',
  '-1': 'mood-m1',
  '0': 'mood-0',
  '1': 'mood-p1',
  '2': 'mood-p2',
};
export const moodIcon = (emotion: number): string => MOODS[String(emotion)] ?? 'mood-0';

const OBJECT_ICONS: Record<string, string> = {
  lead: 'lead',
  contact: 'contact',
  account: 'account',
  opportunity: 'deal',
  ticket: 'ticket',
  contract: 'contract',
  subscription: 'contract',
  campaign: 'campaign',
  activity: 'activity',
};
export const objectIcon = (name: string): string | undefined => OBJECT_ICONS[name];
export const isCrmObject = (name: string): name is (typeof CRM_OBJECTS)[number] =>
  (CRM_OBJECTS as readonly string[]).includes(name);

type Linkable = Pick<Note, 'id'> & { kind?: Kind | null };

/** What an arrow drawn between two notes means, and which way it points. */
export function linkBetween(
  from: Linkable,
  to: Linkable,
): { kind: LinkKind; source: string; target: string } {
  if (from.kind === 'action') return { kind: 'resolves', source: from.id, target: to.id };
  if (to.kind === 'action') return { kind: 'resolves', source: to.id, target: from.id };
  if (from.kind === 'touchpoint' && to.kind === 'touchpoint')
    return { kind: 'leads_to', source: from.id, target: to.id };
  if (from.kind === 'touchpoint') return { kind: 'concerns', source: to.id, target: from.id };
  return { kind: 'concerns', source: from.id, target: to.id };
}
