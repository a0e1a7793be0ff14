// Where one is in the review, as the address says it: `#line=CH-04`, `#tab=pipelines`. Pure.

export const TABS = [
  'review',
  'pipelines',
  'matrix',
  'coverage',
  'findings',
  'documents',
  'compare',
] as const;
export type Tab = (typeof TABS)[number];

export interface Place {
  readonly tab: Tab;
  /** The printed code of the line, or null. */
  readonly line: string | null;
}

export function readPlace(hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const tab = TABS.find((one) => one === said.get('tab')) ?? 'review';
  return { tab, line: said.get('line') || null };
}

/** The shortest address of a place; '' for the page itself. */
export function writePlace({ tab, line }: Place): string {
  const said: string[] = [];
  if (tab !== 'review') said.push(`tab=${tab}`);
  if (line) said.push(`line=${encodeURIComponent(line)}`);
  return said.length ? `#${said.join('&')}` : '';
}
