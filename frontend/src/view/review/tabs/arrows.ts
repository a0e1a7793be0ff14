// Where an arrow key goes from an entry of a table: the next one of its cell, then of the next cell that holds any.

/** Null when the key is none of ours, or when there is nothing that way. */
export function stepTo(table: HTMLElement, entry: HTMLElement, key: string): HTMLElement | null {
  const cell = entry.closest<HTMLTableCellElement>('td, th');
  const row = cell?.closest('tr');
  if (!cell || !row) return null;
  if (key === 'Home' || key === 'End') {
    const all = entriesOf(row);
    return (key === 'Home' ? all[0] : all.at(-1)) ?? null;
  }
  const here = entriesOf(cell);
  const at = here.indexOf(entry);
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const by = key === 'ArrowDown' ? 1 : -1;
    return here[at + by] ?? beyond(column(table, cell), cell, by);
  }
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return null;
  return beyond([...row.cells], cell, key === 'ArrowRight' ? 1 : -1, at);
}

const entriesOf = (place: Element): HTMLElement[] => [
  ...place.querySelectorAll<HTMLElement>('.mo-entry[tabindex]'),
];

const column = (table: HTMLElement, cell: HTMLTableCellElement): HTMLTableCellElement[] =>
  [...table.querySelectorAll('tr')].flatMap((row) => row.cells[cell.cellIndex] ?? []);

/** At the same height in the next cell that holds any; going down enters by the top, going up by the bottom. */
function beyond(
  cells: readonly HTMLTableCellElement[],
  cell: HTMLTableCellElement,
  by: 1 | -1,
  height?: number,
): HTMLElement | null {
  for (let at = cells.indexOf(cell) + by; at >= 0 && at < cells.length; at += by) {
    const entries = entriesOf(cells[at]!);
    if (entries.length === 0) continue;
    if (height !== undefined) return entries[Math.min(height, entries.length - 1)] ?? null;
    return (by > 0 ? entries[0] : entries.at(-1)) ?? null;
  }
  return null;
}
