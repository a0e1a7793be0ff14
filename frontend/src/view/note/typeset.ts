// French spaces that must not break a line: shown, never written back into the words.

/** Same length as `text`: every offset stays true. */
export function typeset(text: string): string {
  return text.replace(/ (?=[:;!?%»])/g, '\u00a0').replace(/« /g, '«\u00a0');
}
