// A document that takes the server some seconds: asked for, told about, received. Who leaves aborts the signal, and the
// server gives the document up. Saving it is the page's.

/** How far it is. `asked`: nothing has been heard yet. */
export type Stage = 'asked' | 'waiting' | 'making';
export type Failure = 'unreachable' | 'refused' | 'too_many' | 'failed';

/** The file as the server names it. */
export interface Made {
  readonly name: string;
  readonly data: Blob;
}

export class NotMade extends Error {
  constructor(readonly why: Failure) {
    super(why);
  }
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
interface Told {
  readonly stage: 'waiting' | 'making' | 'ready' | 'failed';
  readonly bytes?: number;
  readonly media_type?: string;
  readonly code?: string;
}
type Bytes = Uint8Array<ArrayBuffer>;

const TOLD = 'application/vnd.charniere.making';
const NEW_LINE = 10;

/** Rejects with NotMade, or with the signal's reason. A server that tells nothing gives the file alone. */
export async function make(
  url: string,
  tell: (stage: Stage) => void,
  signal: AbortSignal,
  ask: Fetch = (address, init) => fetch(address, init),
): Promise<Made> {
  try {
    const answer = await ask(url, { headers: { accept: TOLD }, signal });
    if (!answer.ok) throw new NotMade(refusal(answer.status));
    const name = nameOf(answer.headers.get('content-disposition') ?? '', url);
    if (answer.headers.get('content-type') !== TOLD) return { name, data: await answer.blob() };
    return { name, data: await received(answer, tell) };
  } catch (problem) {
    if (signal.aborted || problem instanceof NotMade) throw problem;
    throw new NotMade('unreachable');
  }
}

async function received(answer: Response, tell: (stage: Stage) => void): Promise<Blob> {
  const reader = answer.body?.getReader();
  let held: Bytes = new Uint8Array();
  let ready: Told | null = null;
  const parts: Bytes[] = [];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    if (ready) {
      parts.push(value);
      continue;
    }
    held = joined(held, value);
    for (let end = held.indexOf(NEW_LINE); end >= 0 && !ready; end = held.indexOf(NEW_LINE)) {
      const line = new TextDecoder().decode(held.subarray(0, end));
      held = held.slice(end + 1);
      ready = heard(line, tell);
    }
    if (ready) parts.push(held);
  }
  const data = new Blob(parts, { type: ready?.media_type ?? '' });
  if (!ready || data.size !== ready.bytes) throw new NotMade('unreachable');
  return data;
}

/** The line after which the document comes, or null. An empty line only says that the server is still there. */
function heard(line: string, tell: (stage: Stage) => void): Told | null {
  if (line === '') return null;
  const told = JSON.parse(line) as Told;
  if (told.stage === 'ready') return told;
  if (told.stage === 'failed') throw new NotMade(told.code === 'too_fast' ? 'too_many' : 'failed');
  tell(told.stage);
  return null;
}

function refusal(status: number): Failure {
  if (status === 429) return 'too_many';
  return [401, 403, 404, 410].includes(status) ? 'refused' : 'failed';
}

/** From `Content-Disposition` (RFC 6266): the full name, else the plain one, else the end of the address. */
export function nameOf(disposition: string, url: string): string {
  const full = /filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*"([^"]*)"/i.exec(disposition)?.[1];
  try {
    if (full) return decodeURIComponent(full.trim());
  } catch {
    // Not what it says to be: the plain name serves.
  }
  return plain || new URL(url, 'http://host').pathname.replace(/^.*\//, '');
}

function joined(one: Bytes, other: Bytes): Bytes {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
