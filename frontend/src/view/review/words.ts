// Words looked up by what the data holds: rules, attributes, values. What the catalogue does not know comes back as it was given.
import { t, type Key } from '../../i18n';

type Params = Readonly<Record<string, string | number>>;

export function word(key: string, params: Params = {}, otherwise = ''): string {
  const said = (t as (key: Key, params: Params) => string)(key as Key, params);
  return said === key ? otherwise : said;
}

export const attributeName = (name: string): string =>
  name === 'label' ? t('review.label') : word(`spec.attr.${name}`, {}, name);
export const choiceName = (choices: string, value: string): string =>
  value === '' ? t('panel.unset') : word(`spec.value.${choices}.${value}`, {}, value);
export const sectionName = (section: string): string => word(`spec.section.${section}`, {}, section);
/** Shorter, for the table of contents. */
export const tocName = (section: string): string => word(`review.toc.${section}`, {}, sectionName(section));
export const ruleWords = (reason: { rule: string; params?: object } | null | undefined): string =>
  reason ? word(`spec.rule.${reason.rule}`, (reason.params ?? {}) as Params) : '';
export const questionWords = (question: { rule: string; params?: object }): string =>
  word(`spec.ask.${question.rule}`, (question.params ?? {}) as Params, t('review.undecided'));
export const findingWords = (finding: { rule: string; params?: object }): string =>
  word(`spec.finding.${finding.rule}`, (finding.params ?? {}) as Params, finding.rule);
export const refusal = (code: string, detail: Params): string => {
  const field = detail.field === undefined ? {} : { field: attributeName(String(detail.field)) };
  if (code === 'bad_value' && detail.low !== undefined)
    return word('review.bounds', { ...detail, ...field }, code);
  if (code === 'bad_value' && detail.field === 'api_name') return t('review.api_name');
  return word(`error.${code}`, { ...detail, ...field }, code);
};
