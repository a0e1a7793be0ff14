// Changing one line of a list that others may be changing too. Pure.

/** The list with `base` replaced by `text`: looked for at its place first, then wherever it went, else added. */
export function withLine(lines: readonly string[], base: string, text: string, index: number): string[] {
  const at = lines[index] === base ? index : lines.indexOf(base);
  return at < 0 ? [...lines, text] : lines.map((line, i) => (i === at ? text : line));
}

export function withoutLine(lines: readonly string[], text: string, index: number): string[] {
  const at = lines[index] === text ? index : lines.indexOf(text);
  return lines.filter((_, i) => i !== at);
}

export function swapped(lines: readonly string[], one: number, other: number): string[] {
  const next = [...lines];
  const [a, b] = [next[one], next[other]];
  if (a === undefined || b === undefined) return next;
  [next[one], next[other]] = [b, a];
  return next;
}
