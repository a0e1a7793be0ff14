// The value of any attribute as plain words. Pure: names are asked of whoever knows them.
import { enumerate, shortDay, t } from '../../i18n';
import type {
  Condition,
  Duty,
  Effect,
  Flow,
  Measure,
  Option,
  Rule,
  Source,
  Trigger,
  Value,
} from '../../wire/types.gen';
import { choiceName, word } from './words';

export interface Names {
  /** « Opportunité » of `opportunity`. */
  object(key: string): string;
  /** The words of a note, a stage or a channel. */
  source(source: Source): string;
  /** The label of another line, by its id in the specification. */
  item(id: string): string;
}

/** One entry a line; [] for what says nothing. */
export function inLines(
  option: Pick<Option, 'widget' | 'choices' | 'name'>,
  value: unknown,
  names: Names,
): string[] {
  if (isNothing(value)) return [];
  switch (option.widget) {
    case 'choice':
      return [choiceName(option.choices ?? '', String(value))];
    case 'object':
      return [names.object(String(value))];
    case 'yes':
      return [t('review.yes')];
    case 'percent':
      return [t('review.percent', { n: Number(value) })];
    case 'measure':
      return [(value as Measure).words];
    case 'trigger':
      return words((value as Trigger).words);
    case 'rule':
      return (value as Rule).conditions?.map((one: Condition) => one.words) ?? [];
    case 'values':
      return (value as Value[]).map((one) => one.label);
    case 'effects':
      return (value as Effect[]).map(effect);
    case 'duties':
      return (value as Duty[]).map(duty);
    case 'flows':
      return (value as Flow[]).map(flow);
    case 'cited':
      return (value as (string | Source)[]).map((one) =>
        typeof one === 'string' ? names.item(one) : names.source(one),
      );
    case 'texts':
      return value as string[];
    default:
      if (option.name === 'due') return [shortDay(String(value))];
      return Array.isArray(value) ? value.map(String) : [String(value)];
  }
}

/** In one line, for a table. */
export function inWords(
  option: Pick<Option, 'widget' | 'choices' | 'name'>,
  value: unknown,
  names: Names,
): string {
  const lines = inLines(option, value, names);
  if (option.widget === 'rule' && (value as Rule).join === 'or') return lines.join(` ${t('review.or')} `);
  if (option.widget === 'duties' && lines.length > 1) return t('review.duties', { n: lines.length });
  return lines.length > 1 && option.widget !== 'cited' ? enumerate(lines) : lines.join(', ');
}

export const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' &&
    !Array.isArray(value) &&
    (Object.keys(value).length === 0 ||
      ('conditions' in value && Array.isArray(value.conditions) && value.conditions.length === 0) ||
      ('words' in value && value.words === '')));

const words = (said: string | undefined): string[] => (said ? [said] : []);

function effect({ words: said, recipient }: Effect): string {
  return recipient && !said.includes(recipient) ? t('review.effect_to', { words: said, recipient }) : said;
}
function duty({ words: said, kind, journey_stage: stage }: Duty): string {
  const what =
    kind && kind !== 'acts' && kind !== 'owns_stage' ? `${said} (${choiceName('duty', kind)})` : said;
  return stage && !said.includes(stage) ? `${what}, ${stage}` : what;
}
function flow({ source, target, data, words: said }: Flow): string {
  const way = source || target ? `${source} → ${target}` : '';
  return [way, data || said].filter(Boolean).join(t('review.colon'));
}

/** « 4 heures ouvrées au plus »: what was read in the words; '' when they hold no figure. */
export function understood(measure: Measure | null | undefined): string {
  if (!measure || measure.amount === null || measure.amount === undefined) return '';
  const unit = measure.unit || 'count';
  const amount = word(`review.unit.${unit}`, { n: measure.amount }, String(measure.amount));
  const said = word(`review.measure.${measure.direction ?? 'within'}`, { amount }, amount);
  return measure.anchor ? t('review.measure.from', { measure: said, anchor: measure.anchor }) : said;
}
