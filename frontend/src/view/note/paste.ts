// Several lines pasted at once may be several notes.

const BULLET = /^\s*(?:[-*•–—▪◦·]|\d{1,3}[.)])\s+/u;

/** The notes that pasted lines would make: without blank lines nor the bullets of a list. One or none: nothing to offer. */
export function linesOf(pasted: string): string[] {
  return pasted
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(BULLET, '').trim())
    .filter((line) => line !== '');
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
