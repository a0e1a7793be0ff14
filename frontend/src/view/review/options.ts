// How an attribute of a section is shown and edited, as the server says in the page.
import type { Option, ReviewBootstrap } from '../../wire/types.gen';

/** The name of a line is edited like the rest. */
export const LABEL: Option = { name: 'label', widget: 'text' };

export const optionsOf = (bootstrap: ReviewBootstrap, section: string): readonly Option[] =>
  bootstrap.attributes[section] ?? [];

export const optionOf = (bootstrap: ReviewBootstrap, section: string, name: string): Option | undefined =>
  name === 'label' ? LABEL : optionsOf(bootstrap, section).find((one) => one.name === name);
