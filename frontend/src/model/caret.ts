// Where the caret goes when the text under it is replaced by a merged one: it stays with the words it stood by.

const TOKEN = /[\p{L}\p{N}_\p{M}]+|\s+|[^\p{L}\p{N}_\p{M}\s]/gu;
const CELLS = 250_000; // beyond this many token pairs the changed part counts as one

/** The offset (UTF-16 units) in `after` that stands where `offset` stood in `before`. */
export function mapOffset(before: string, after: string, offset: number): number {
  const old = before.match(TOKEN) ?? [];
  const now = after.match(TOKEN) ?? [];
  let from = 0; // start of the current token of `before`
  let reached = 0; // end, in `after`, of the last token found again before the caret
  const found = pairs(old, now);
  const starts = offsets(now);
  for (const [index, token] of old.entries()) {
    const to = from + token.length;
    const other = found[index];
    const start = other === undefined ? undefined : starts[other];
    if (start !== undefined && from < offset) {
      if (offset <= to) return start + (offset - from);
      reached = start + token.length;
    }
    if (from >= offset) break;
    from = to;
  }
  return reached;
}

function offsets(tokens: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const token of tokens) {
    starts.push(at);
    at += token.length;
  }
  return starts;
}

/** For each old token, the new one that it became, if any: the longest common subsequence. */
function pairs(old: readonly string[], now: readonly string[]): (number | undefined)[] {
  const found: (number | undefined)[] = new Array<number | undefined>(old.length).fill(undefined);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) found[head] = head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) {
    found[old.length - 1 - tail] = now.length - 1 - tail;
    tail++;
  }
  const rows = old.length - tail - head;
  const columns = now.length - tail - head;
  if (rows <= 0 || columns <= 0 || rows * columns > CELLS) return found;
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const cell = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[head + row] === now[head + column]
          ? cell(row + 1, column + 1) + 1
          : Math.max(cell(row + 1, column), cell(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (old[head + row] === now[head + column]) found[head + row++] = head + column++;
    else if (cell(row + 1, column) >= cell(row, column + 1)) row++;
    else column++;
  }
  return found;
}
