// Where a finding is read: in the section of the line it is about. What is about notes alone is read in the list of findings.
import type { DraftReplica, LineState } from '../../model/draft/replica.svelte';
import type { Correction, Finding } from '../../wire/types.gen';
import { home, type Section } from './sections';

/** `correction`: what the finding offers, or where its answer would be said; null when there is only something to look at. */
export interface About {
  readonly finding: Finding;
  readonly line: LineState;
  readonly correction: Correction | null;
}

/** Findings of one rule, with the lines they are about. */
export interface Remark {
  readonly rule: string;
  readonly finding: Finding;
  readonly about: readonly About[];
}

const SHOWN_ALREADY = new Set(['conflict', 'decision_without_proposal']); // as conflicts, where they are
/** The attribute that answers a finding about a line. */
const ANSWERED_BY: Readonly<Record<string, string>> = {
  picklist_without_values: 'values',
  workflow_without_trigger: 'trigger',
  kpi_without_source: 'data_source',
  sla_without_owner: 'owner',
  seller_task: 'label',
};
/** What the wall lacks, and the attribute of the line where it would be said. */
const BY_SOURCE: Readonly<Record<string, readonly [Section, string]>> = {
  stage_without_exit: ['transitions', 'criterion'],
  action_without_owner: ['actions', 'owner'],
  action_without_date: ['actions', 'due'],
};

export function remarksOf(section: Section, findings: readonly Finding[], replica: DraftReplica): Remark[] {
  const rules = new Map<string, About[]>();
  for (const finding of findings) {
    if (SHOWN_ALREADY.has(finding.rule)) continue;
    const found = place(finding, replica);
    if (!found || home(found.line.record.section) !== section) continue;
    rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), { finding, ...found }]);
  }
  return [...rules].flatMap(([rule, about]) => {
    const first = about[0];
    return first ? [{ rule, finding: first.finding, about }] : [];
  });
}

function place(finding: Finding, replica: DraftReplica): Omit<About, 'finding'> | null {
  const offered = finding.corrections?.[0];
  const item = offered?.item ?? finding.items?.[0];
  const line = item ? replica.byItem(item) : undefined;
  if (line) {
    if (line.standing === 'rejected' || line.standing === 'merged') return null;
    const attribute = ANSWERED_BY[finding.rule];
    return {
      line,
      correction: offered ?? (attribute ? { kind: 'complete', item: line.record.item, attribute } : null),
    };
  }
  const [section, attribute] = BY_SOURCE[finding.rule] ?? [];
  const source = finding.sources?.[0];
  if (!section || !attribute || !source) return null;
  const fellow = replica
    .lines(section)
    .flatMap((id) => replica.line(id) ?? [])
    .find((one) =>
      one.sources.some((said) =>
        source.note ? said.note === source.note : !said.note && said.stage === source.stage,
      ),
    );
  if (!fellow || fellow.values[attribute] || fellow.standing === 'rejected' || fellow.standing === 'merged')
    return null;
  return { line: fellow, correction: { kind: 'complete', item: fellow.record.item, attribute } };
}
