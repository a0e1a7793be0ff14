// The versions of a board's specification, asked of the server: frozen, compared, approved; the client's logo.
import { language, t, type Key } from '../../../i18n';
import type { Compared } from '../../../wire/types.gen';

export interface Approval {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly team: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** Who wrote it down. */
  readonly person: string;
  readonly at: number;
}
export type Signature = Pick<Approval, 'name' | 'role' | 'team' | 'day'>;
export interface Version {
  readonly number: number;
  readonly digest: string;
  readonly author: string;
  readonly author_name: string;
  readonly at: number;
  readonly note: string;
  readonly approvals: readonly Approval[];
}
/** A frozen version, by its number, or what is under review. */
export type Side = number | 'draft';

/** The server said no, or could not be reached. */
export class NotDone extends Error {
  constructor(
    readonly code: string,
    readonly detail: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

const at = (board: string, path: string) => `/api/boards/${encodeURIComponent(board)}/specification/${path}`;
const of = (number: number) => `versions/${number}`;

/** Newest first. */
export async function versionsOf(board: string): Promise<readonly Version[]> {
  return ((await asked(at(board, 'versions'))) as { versions: Version[] }).versions;
}
export async function freeze(board: string, note: string): Promise<Version> {
  return (await asked(at(board, 'versions'), sent('POST', { note }))) as Version;
}
export async function approve(board: string, number: number, signature: Signature): Promise<Approval> {
  return (await asked(at(board, `${of(number)}/approvals`), sent('POST', signature))) as Approval;
}
export async function withdraw(board: string, number: number, approval: string): Promise<void> {
  await asked(at(board, `${of(number)}/approvals/${encodeURIComponent(approval)}`), { method: 'DELETE' });
}
export async function compared(
  board: string,
  before: number,
  after: Side,
  signal: AbortSignal,
): Promise<Compared> {
  return (await asked(at(board, `compare?before=${before}&after=${after}`), { signal })) as Compared;
}

/** How many edits the wall took since the specification was last drawn from it; 0 when that is not known. */
export async function wallAhead(board: string): Promise<number> {
  try {
    const said = (await asked(at(board, 'state'))) as { board_seq: number; proposed_seq: number };
    return Math.max(0, said.board_seq - said.proposed_seq);
  } catch {
    return 0;
  }
}

export const logoOf = (board: string): string => at(board, 'logo');
export async function sendLogo(board: string, logo: Blob): Promise<void> {
  await asked(logoOf(board), { method: 'PUT', headers: { 'content-type': logo.type }, body: logo });
}
/** What it was is given back, so that it can be put again. */
export async function removeLogo(board: string): Promise<Blob> {
  const was = await fetch(logoOf(board)).then((answer) => answer.blob());
  await asked(logoOf(board), { method: 'DELETE' });
  return was;
}

export const readingOf = (board: string, number: number): string =>
  `/b/${encodeURIComponent(board)}/specification/v/${number}`;

/** Why it was not done, for people. */
export function sayWhy(problem: unknown): string {
  if (!(problem instanceof NotDone) || problem.code === 'unreachable')
    return t('review.version.fail.unreachable');
  if (problem.code === 'bad_value' && problem.detail.field === 'logo') return t('review.version.logo.broken');
  if (problem.code === 'too_large' && typeof problem.detail.limit === 'number')
    return t('review.version.fail.too_large', { limit: weight(problem.detail.limit) });
  const key = `error.${problem.code}` as Key;
  const say = t as (key: Key, params: object) => string;
  const words = say(key, problem.detail);
  return words === key ? t('review.version.fail.unknown') : words;
}

/** « 512 Ko », « 1,2 Mo ». */
export function weight(bytes: number): string {
  const large = bytes >= 1024 * 1024;
  const figure = new Intl.NumberFormat(language(), { maximumFractionDigits: large ? 1 : 0 });
  const n = figure.format(large ? bytes / 1024 / 1024 : Math.ceil(bytes / 1024));
  return t(large ? 'review.version.megabytes' : 'review.version.kilobytes', { amount: n });
}

const sent = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function asked(url: string, init: RequestInit = {}): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (problem) {
    if (init.signal?.aborted) throw problem;
    throw new NotDone('unreachable');
  }
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return said;
  const { code, detail } = (said ?? {}) as { code?: string; detail?: Record<string, string | number> };
  throw new NotDone(code ?? (answer.status >= 502 ? 'unreachable' : 'internal'), detail ?? {});
}
