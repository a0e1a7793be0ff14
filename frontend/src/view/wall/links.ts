// The way of an arrow between two notes: down the gutter left of a column, across along the edge of a row. Pure.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Left edge of its column and top edge of its row. */
  readonly column: number;
  readonly row: number;
  readonly rowEnd: number;
}

export interface Route {
  readonly path: string;
  readonly dot: { readonly x: number; readonly y: number };
  readonly tip: { readonly x: number; readonly y: number };
}

const R = 5;

/** `lane` keeps the arrows of one note apart where they share a gutter. */
export function route(from: Box, to: Box, lane = 0): Route {
  const shift = (lane % 3) * 1.5;
  const a = { x: from.left, y: from.top + Math.min(from.height / 2, 18) };
  const b = { x: to.left, y: to.top + Math.min(to.height / 2, 18) };
  const gutterA = from.column - 0.5 - shift;
  const gutterB = to.column - 0.5 - shift;
  const points: [number, number][] = [[a.x, a.y]];
  if (from.column === to.column) {
    points.push([gutterA, a.y], [gutterA, b.y]);
  } else {
    const edge = to.row > from.row ? to.row : to.row < from.row ? to.rowEnd : from.row;
    points.push([gutterA, a.y], [gutterA, edge], [gutterB, edge], [gutterB, b.y]);
  }
  points.push([b.x - 2, b.y]);
  return { path: rounded(points), dot: a, tip: b };
}

function rounded(points: readonly [number, number][]): string {
  let path = '';
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    const next = points[i + 1];
    if (!before || !next) {
      path += `${before ? 'L' : 'M'}${f(x)} ${f(y)}`;
      return;
    }
    const r = Math.min(R, reach(before, [x, y]) / 2, reach([x, y], next) / 2);
    const [ax, ay] = toward([x, y], before, r);
    const [bx, by] = toward([x, y], next, r);
    path += `L${f(ax)} ${f(ay)}Q${f(x)} ${f(y)} ${f(bx)} ${f(by)}`;
  });
  return path;
}

const f = (n: number) => n.toFixed(1);
const reach = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

function toward(
  from: readonly [number, number],
  to: readonly [number, number],
  by: number,
): [number, number] {
  const whole = reach(from, to) || 1;
  return [from[0] + ((to[0] - from[0]) * by) / whole, from[1] + ((to[1] - from[1]) * by) / whole];
}
