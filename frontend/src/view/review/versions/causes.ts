// Why a line changed, in words: what somebody did on the wall.
import { enumerate, t, type Key } from '../../../i18n';
import { word } from '../words';
import type { Cause } from '../../../wire/types.gen';
import type { Plain } from './comparison';
import type { DraftSeen } from './draft';
import type { Speaker } from './words';

/** One thing that somebody did. */
export interface Told {
  readonly thing: Omit<Thing, 'told'>;
  /** « modifiée par Claire » */
  readonly did: string;
  readonly at: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** It was not there before, or is not any more: there is nothing to tell apart. */
  readonly came: boolean;
  readonly went: boolean;
}
/** A note, a stage, a channel or a link, with all that became of it. */
export interface Thing {
  readonly key: string;
  readonly subject: Cause['subject'];
  /** « n° 42 », « Étape Évaluation » */
  readonly head: string;
  readonly kind: string | undefined;
  readonly href: string | undefined;
  readonly told: readonly Told[];
}

type Parts = Readonly<Record<string, Plain>>;

const ATTRIBUTES: Readonly<Record<string, Key>> = {
  archetype: 'stage.archetype',
  crm_object: 'note.crm_object',
  due: 'note.due',
  effort: 'note.effort',
  exit_criteria: 'stage.exit_criteria',
  expected_delay: 'stage.expected_delay',
  family: 'channel.family',
  goal: 'stage.goal',
  group: 'stage.group',
  impact: 'note.impact',
  kpis: 'stage.kpis',
  mode: 'channel.mode',
  moment_of_truth: 'note.truth',
  name: 'stage.name',
  owner: 'note.owner',
  owner_team: 'stage.owner_team',
  relation: 'channel.relation',
  status: 'note.status',
  team: 'note.team',
};
const CHOICES: Readonly<Record<string, string>> = {
  archetype: 'stage.archetype.',
  crm_object: 'kind.object.',
  family: 'channel.family.',
  group: 'stage.group.',
  kind: 'kind.',
  mode: 'channel.mode.',
  relation: 'channel.relation.',
  status: 'note.status.',
};

// Said of the note where the arrow starts.
const LINKS: Readonly<Record<string, Key>> = {
  concerns: 'note.links.concerns',
  leads_to: 'note.links.leads_to',
  resolves: 'note.links.resolved_by',
};

export function tell(cause: Cause, draft: DraftSeen, speaker: Speaker): Told {
  const name = nameOf(draft, cause.author);
  const others = (cause.others ?? []).map((id) => nameOf(draft, id));
  const by = enumerate([name, ...others]);
  return {
    thing: {
      key: `${cause.board} ${cause.subject} ${cause.id}`,
      subject: cause.subject,
      head: headOf(cause, speaker),
      kind: cause.subject === 'note' ? (speaker.note(cause.id)?.kind ?? 'none') : undefined,
      href: hrefOf(cause),
    },
    did: word(`review.version.cause.${whatOf(cause)}`, { by, attribute: attributeOf(cause) }),
    at: cause.at,
    before: wordsOf(cause, cause.before ?? null),
    after: wordsOf(cause, cause.after ?? null),
    came: cause.what === 'added' || cause.what === 'restored',
    went: cause.what === 'removed',
  };
}

/** In the order in which each was first touched. */
export function byThing(all: readonly Told[]): Thing[] {
  const things = new Map<string, Told[]>();
  for (const told of all) things.set(told.thing.key, [...(things.get(told.thing.key) ?? []), told]);
  return [...things.values()].flatMap((told) => (told[0] ? [{ ...told[0].thing, told }] : []));
}

export const nameOf = (draft: DraftSeen, person: string): string =>
  draft.person(person)?.name || t('review.version.somebody');

/** The key of the sentence: « note_text », « stage_attribute », « linked »… */
function whatOf(cause: Cause): string {
  if (cause.subject === 'link') return cause.what;
  if (cause.attribute === 'rank') return `${cause.subject}_order`;
  if (cause.attribute === 'private') return cause.after === true ? 'note_private' : 'note_shared';
  return cause.what === 'attribute' ? 'attribute' : `${cause.subject}_${cause.what}`;
}

function headOf(cause: Cause, speaker: Speaker): string {
  if (cause.subject === 'note') return numbered(cause.number);
  if (cause.subject === 'link') {
    const ends = partsOf(cause.after) ?? partsOf(cause.before) ?? {};
    const does = word(LINKS[String(ends.kind)] ?? '', {}, '→');
    return `${numbered(ends.source_number)} ${does} ${numbered(ends.target_number)}`;
  }
  const said = cause.what === 'attribute' ? undefined : (cause.after ?? cause.before);
  const name = speaker.place(cause.subject, cause.id) || (typeof said === 'string' ? said : '');
  const words =
    cause.subject === 'stage'
      ? t('review.version.cause.stage', { name })
      : t('review.version.cause.channel', { name });
  return words.trim();
}

const numbered = (number: Plain | undefined): string =>
  number ? t('note.number', { number: String(number) }) : t('review.version.cause.note');

function attributeOf({ attribute = '' }: Cause): string {
  const key = ATTRIBUTES[attribute] ?? `review.version.attr.${attribute}`;
  return word(key) || attribute;
}

function hrefOf(cause: Cause): string | undefined {
  const wall = `/b/${encodeURIComponent(cause.board)}`;
  if (cause.subject === 'note' && cause.what !== 'removed')
    return `${wall}#note=${encodeURIComponent(cause.id)}`;
  const ends = partsOf(cause.after) ?? partsOf(cause.before);
  return cause.subject === 'link' && ends
    ? `${wall}#note=${encodeURIComponent(String(ends.source))}`
    : undefined;
}

function wordsOf(cause: Cause, said: Plain): readonly string[] {
  if (cause.subject === 'link' || cause.attribute === 'private' || said === null || said === '') return [];
  if (cause.what === 'moved') {
    const place = partsOf(said) ?? {};
    const words = [place.stage, place.channel].filter(Boolean).join(', ');
    return [words || t('board.parking')];
  }
  const choice = CHOICES[cause.what === 'kind' ? 'kind' : (cause.attribute ?? '')];
  return plainWords(said, choice);
}

function plainWords(said: Plain, choice: string | undefined): readonly string[] {
  if (said === null || said === '') return [];
  if (said === true) return [t('spec.value.yes.true')];
  if (said === false) return [t('review.version.no')];
  if (typeof said === 'string') return [(choice && word(`${choice}${said}`)) || said];
  if (typeof said === 'number') return [String(said)];
  if (Array.isArray(said)) return said.flatMap((one) => plainWords(one as Plain, choice));
  const parts = said as Parts;
  return plainWords(parts.text ?? parts.day ?? null, choice);
}

function partsOf(said: Plain | undefined): Parts | null {
  return said !== null && typeof said === 'object' && !Array.isArray(said) ? (said as Parts) : null;
}
