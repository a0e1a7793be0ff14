// How an attribute of a section is shown and edited, as the server says in the page.
import type { LineState } from '../../model/draft/replica.svelte';
import type { Option, ReviewBootstrap } from '../../wire/types.gen';

/** The name of a line is edited like the rest. */
export const LABEL: Option = { name: 'label', widget: 'text' };

export const optionsOf = (bootstrap: ReviewBootstrap, section: string): readonly Option[] =>
  bootstrap.attributes[section] ?? [];

export const optionOf = (bootstrap: ReviewBootstrap, section: string, name: string): Option | undefined =>
  name === 'label' ? LABEL : optionsOf(bootstrap, section).find((one) => one.name === name);

/** A choice that nobody made has a value all the same: the one that its section starts from, which travels as nothing. */
export function valueOf(line: Pick<LineState, 'record' | 'values'>, option: Option): unknown {
  const value = line.values[option.name];
  if (option.widget !== 'choice' || (value !== undefined && value !== null && value !== '')) return value;
  if (option.name === 'family') return value;
  return line.record.section === 'scoring' ? 'score' : option.values?.[0];
}
