// Two texts, word by word: what stayed, what went, what came. Pure.

export interface Piece {
  readonly is: 'same' | 'gone' | 'new';
  readonly text: string;
}

const LONG = 1_500; // words; past that, telling them apart is not worth the wait
const ALIKE = 0.34; // below, so little stayed that reading the two side by side is easier

/** The pieces in reading order, or null when the two have too little in common (or are too long) to be read as one. */
export function byWords(before: string, after: string): readonly Piece[] | null {
  const was = words(before);
  const now = words(after);
  if (was.length === 0 || now.length === 0 || was.length > LONG || now.length > LONG) return null;
  const pieces = joined(walk(was, now, common(was, now)));
  const kept = pieces.filter((piece) => piece.is === 'same').reduce((sum, one) => sum + letters(one.text), 0);
  return kept / Math.max(letters(before), letters(after)) < ALIKE ? null : pieces;
}

/** Words with the space after them; a mark of punctuation is a word. */
function words(text: string): string[] {
  return (
    text.match(/(?:[\p{L}\p{N}]+(?:['’-](?=[\p{L}\p{N}])[\p{L}\p{N}]*)*['’]?|[^\p{L}\p{N}\s])\s*|\s+/gu) ?? []
  );
}
const letters = (text: string): number => text.replace(/\s/g, '').length;
const same = (one: string | undefined, other: string | undefined): boolean => one?.trim() === other?.trim();

/** Length of the longest common run from each pair of places to the end. */
function common(was: readonly string[], now: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: was.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = was.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    const below = rows[i + 1]!;
    for (let j = now.length - 1; j >= 0; j--)
      row[j] = same(was[i], now[j]) ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
  }
  return rows;
}

function walk(was: readonly string[], now: readonly string[], rows: readonly Uint16Array[]): Piece[] {
  const found: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < was.length || j < now.length) {
    if (i < was.length && j < now.length && same(was[i], now[j])) {
      found.push({ is: 'same', text: now[j]! });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < was.length && rows[i + 1]![j]! >= rows[i]![j + 1]!)) {
      found.push({ is: 'gone', text: was[i]! });
      i += 1;
    } else {
      found.push({ is: 'new', text: now[j]! });
      j += 1;
    }
  }
  return found;
}

/** Neighbours of the same kind are one piece; between two that stayed, what went is told before what came. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let gone = '';
  let came = '';
  const flush = (): void => {
    if (gone) found.push({ is: 'gone', text: gone });
    if (came) found.push({ is: 'new', text: came });
    gone = came = '';
  };
  for (const piece of pieces) {
    const last = found.at(-1);
    if (piece.is === 'gone') gone += piece.text;
    else if (piece.is === 'new') came += piece.text;
    else if (last?.is === 'same' && !gone && !came)
      found[found.length - 1] = { is: 'same', text: last.text + piece.text };
    else {
      flush();
      found.push(piece);
    }
  }
  flush();
  return found;
}
