// What a filter keeps of the lines. Pure.
import type { LineState } from '../../model/draft/replica.svelte';
import { fold } from '../filter';
import { PEOPLE, home, type Section } from './sections';
import { stateOf, type State } from './state';

export interface Filter {
  readonly text: string;
  readonly section: Section | '';
  readonly team: string;
  readonly state: State | 'edited' | 'commented' | '';
  readonly rule: string;
}

export const NO_FILTER: Filter = { text: '', section: '', team: '', state: '', rule: '' };

export const isActive = (filter: Filter): boolean =>
  filter.text.trim() !== '' ||
  filter.section !== '' ||
  filter.team !== '' ||
  filter.state !== '' ||
  filter.rule !== '';

type Filtered = Pick<LineState, 'record' | 'values' | 'label' | 'standing' | 'edited'>;

/** `commented`: how many open comments the line has; asked only where it matters. */
export function matches(filter: Filter, line: Filtered, commented: () => number = () => 0): boolean {
  const { record } = line;
  if (filter.section && home(record.section) !== filter.section) return false;
  if (filter.rule && record.reason?.rule !== filter.rule) return false;
  if (filter.team && !teamsOf(line).some((team) => fold(team) === fold(filter.team))) return false;
  if (filter.state === 'edited') {
    if (!line.edited) return false;
  } else if (filter.state === 'commented') {
    if (commented() === 0) return false;
  } else if (filter.state && stateOf(line.standing) !== filter.state) return false;
  const wanted = fold(filter.text).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const said = fold(`${record.code} ${line.label} ${textOf(line.values)}`);
  return wanted.every((one) => said.includes(one));
}

export function teamsOf({ values }: Pick<LineState, 'values'>): string[] {
  return PEOPLE.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' && value ? [value] : [];
  });
}

/** All words of a value, however deep. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([name]) => name !== 'sources' && name !== 'answers' && name !== 'resolves')
    .map(([, one]) => textOf(one))
    .join(' ');
}
