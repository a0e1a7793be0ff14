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
  const points: { x: number; y: number }[] = [];
  const count = Math.round(columns / step);
  for (let i = 0; i <= count; i++) {
    const x = (i * columns) / count;
    let sum = 0;
    let weight = 0;
    for (const dot of dots) {
      const away = (dot.x - x) / width;
      // A little of every dot, so that a stage without touchpoints is bridged and not a hole.
      const w = Math.exp(-0.5 * Math.min(away * away, 40)) + 1e-7 / (1 + away * away);
      sum += w * dot.emotion;
      weight += w;
    }
    points.push({ x, y: sum / weight });
  }
  return points;
}

export function mean(felt: readonly Felt[]): number | null {
  if (felt.length === 0) return null;
  return felt.reduce((sum, one) => sum + one.emotion, 0) / felt.length;
}
