// Teams are told by initials and name; colour only helps. Seven inks, given in the order of the board's teams.
import { fold } from './filter';

/** `t1` … `t7`, the same for everybody: by the place in the board's list, else by the name itself. */
export function teamInk(team: string | undefined, teams: readonly string[]): string {
  if (!team) return 't6';
  const known = teams.findIndex((name) => fold(name) === fold(team));
  if (known >= 0) return `t${(known % 7) + 1}`;
  let sum = 0;
  for (const char of fold(team)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return `t${(sum % 7) + 1}`;
}

/** « Inès » → « In », « Anne-Marie » → « AM ». */
export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/[\s-]+/)
    .filter(Boolean);
  const first = [...(parts[0] ?? '?')];
  const second = parts.length > 1 ? [...(parts.at(-1) ?? '')] : [];
  if (second.length) return `${first[0] ?? ''}${second[0] ?? ''}`.toUpperCase();
  return `${(first[0] ?? '').toUpperCase()}${first[1] ?? ''}`;
}
