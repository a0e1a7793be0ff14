// Several lines pasted at once may be several notes.
import { LIMITS } from '../../model/limits';

const BULLET = /^\s*(?:[-*•–—▪◦·]|\d{1,3}[.)])\s+/u;

/**
 * The notes that pasted lines would make: without blank lines nor the bullets of a list. One or none: nothing to offer.
 * A line too long for a note goes on in the next.
 */
export function linesOf(pasted: string): string[] {
  return pasted
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(BULLET, '').trim())
    .filter((line) => line !== '')
    .flatMap(folded);
}

/** At most TEXT_TYPED characters each, cut between words where there are any. */
function folded(line: string): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > LIMITS.TEXT_TYPED) {
    const space = rest.lastIndexOf(' ', LIMITS.TEXT_TYPED);
    const within = rest.charCodeAt(LIMITS.TEXT_TYPED - 1) >>> 10 === 0xd800 >>> 10 ? 1 : 0;
    const at = space > 0 ? space : LIMITS.TEXT_TYPED - within;
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** The text with what was pasted in place of the selection. */
export function insert(
  text: string,
  start: number,
  end: number,
  pasted: string,
): { text: string; caret: number } {
  const clean = pasted.replace(/\r\n?/g, '\n');
  return { text: text.slice(0, start) + clean + text.slice(end), caret: start + clean.length };
}
