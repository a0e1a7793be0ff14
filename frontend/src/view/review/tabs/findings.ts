// Findings put together: the gravest first, one heading a rule, what is the same said once.
import type { Correction, Finding, Source, Spec } from '../../../wire/types.gen';

export type Severity = 'error' | 'warning' | 'info';
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

export interface Group {
  readonly rule: string;
  readonly severity: Severity;
  readonly n: number;
  /** Those that say nothing of their own: only where. */
  readonly sources: readonly Source[];
  /** Those that name lines, that compare notes or that can be corrected: each apart. */
  readonly each: readonly Finding[];
}

export function groupsOf(spec: Spec): Group[] {
  const found = new Map<string, { severity: Severity; findings: Finding[] }>();
  for (const finding of spec.findings ?? []) {
    const severity = finding.severity ?? 'warning';
    const key = `${severity}/${finding.rule}`;
    const group = found.get(key) ?? { severity, findings: [] };
    found.set(key, group);
    group.findings.push(finding);
  }
  const groups = [...found.values()].map(({ severity, findings }): Group => {
    const apart = findings.filter(isApart);
    return {
      rule: findings[0]!.rule,
      severity,
      n: findings.length,
      sources: findings.filter((one) => !isApart(one)).flatMap((one) => one.sources ?? []),
      each: apart,
    };
  });
  return SEVERITIES.flatMap((severity) => groups.filter((group) => group.severity === severity));
}

function isApart(finding: Finding): boolean {
  const pair = (finding.sources?.length ?? 0) > 1 && finding.params?.['count'] === undefined;
  return pair || (finding.items?.length ?? 0) > 0 || (finding.corrections?.length ?? 0) > 0;
}

/** How many notes or lines a group speaks of: « Points de contact … : 92 » is one finding. */
export function weight(group: Group): number {
  return group.each.length + (group.sources.length || group.n - group.each.length);
}

export function countOf(groups: readonly Group[], severity: Severity): number {
  return groups.filter((group) => group.severity === severity).reduce((sum, group) => sum + group.n, 0);
}

/** Several corrections of one finding must say which line they are about. */
export const namesItself = (finding: Finding, correction: Correction): boolean =>
  (finding.corrections ?? []).some((other) => other !== correction && other.kind === correction.kind);
