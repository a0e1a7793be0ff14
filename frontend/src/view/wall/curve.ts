// The emotional curve: touchpoints in reading order, smoothed by a Gaussian. Pure.

export interface Felt {
  readonly id: string;
  readonly emotion: number;
  readonly truth: boolean;
}
export interface Dot extends Felt {
  readonly x: number;
}

/** Where the touchpoints of each stage stand, in columns: 0 to 1 is the first column. */
export function spread(stages: readonly (readonly Felt[])[]): Dot[] {
  return stages.flatMap((felt, column) =>
    felt.map((one, index) => ({ ...one, x: column + (index + 1) / (felt.length + 1) })),
  );
}

/** Heights (emotion) at every `step` of a column, or nothing to draw when nobody felt anything. */
export function smooth(
  dots: readonly Dot[],
  columns: number,
  step = 1 / 30,
  width = 0.17,
): { x: number; y: number }[] {
  if (dots.length === 0 || columns === 0) return [];
  const ordered = [...dots].sort((a, b) => a.x - b.x);
  const count = Math.round(columns / step);
  const reach = 4 * width;
  const points: { x: number; y: number }[] = [];
  let from = 0;
  for (let i = 0; i <= count; i++) {
    const x = (i * columns) / count;
    while ((ordered[from]?.x ?? Infinity) < x - reach) from++;
    points.push({ x, y: near(ordered, from, x, x + reach, width) ?? bridge(ordered, from, x) });
  }
  return points;
}

/** The weighted mean of the dots within reach; null when there is none. */
function near(dots: readonly Dot[], from: number, x: number, end: number, width: number): number | null {
  let sum = 0;
  let weight = 0;
  for (let k = from; k < dots.length; k++) {
    const dot = dots[k];
    if (!dot || dot.x > end) break;
    const away = (dot.x - x) / width;
    const w = Math.exp(-0.5 * away * away);
    sum += w * dot.emotion;
    weight += w;
  }
  return weight > 0 ? sum / weight : null;
}

/** Where nobody felt anything the curve goes straight from what is before to what is after. */
function bridge(dots: readonly Dot[], next: number, x: number): number {
  const before = dots[next - 1];
  const after = dots[next];
  if (!before || !after) return (before ?? after)?.emotion ?? 0;
  const part = (x - before.x) / (after.x - before.x);
  return before.emotion + part * (after.emotion - before.emotion);
}

export function mean(felt: readonly Felt[]): number | null {
  if (felt.length === 0) return null;
  return felt.reduce((sum, one) => sum + one.emotion, 0) / felt.length;
}
