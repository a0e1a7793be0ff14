// One tab stop for the whole grid: arrows move it by note, then by cell, as in a table.
import { cellOf, noteOf, notesIn } from '../wall/dom';

export type Step = 'up' | 'down' | 'left' | 'right' | 'start' | 'end' | 'first' | 'last';

/** The element that the arrows reach from here, or null at an edge. */
export function reach(grid: HTMLElement, from: HTMLElement, step: Step): HTMLElement | null {
  const rows = [...grid.querySelectorAll<HTMLElement>('[role="row"]')].map(cellsOf);
  const note = noteOf(from);
  const cell = cellOf(from) ?? from.closest<HTMLElement>('[role="columnheader"],[role="rowheader"]');
  const row = rows.findIndex((cells) => cell !== null && cells.includes(cell));
  if (!cell || row < 0) return stopOf(grid);
  const col = rows[row]?.indexOf(cell) ?? 0;
  const at = (r: number, c: number) => rows[r]?.[c] ?? null;
  const notes = notesIn(cell);
  const index = note ? notes.indexOf(note) : -1;
  switch (step) {
    case 'down':
      return notes[index + 1] ?? entry(at(row + 1, col), 'top');
    case 'up':
      return (index > 0 ? notes[index - 1] : undefined) ?? entry(at(row - 1, col), 'bottom');
    case 'left':
      return col > 0 ? beside(at(row, col - 1), note) : null;
    case 'right':
      return beside(at(row, col + 1), note);
    case 'start':
      return entry(at(row, 1), 'top');
    case 'end':
      return entry(at(row, (rows[row]?.length ?? 1) - 1), 'top');
    case 'first':
      return entry(at(1, 1), 'top');
    case 'last':
      return entry(rows.at(-1)?.at(-1) ?? null, 'bottom');
  }
}

/** Makes this element the grid's only tab stop. */
export function makeStop(grid: HTMLElement, element: HTMLElement): void {
  for (const other of grid.querySelectorAll('[tabindex="0"]')) {
    if (other !== element) other.setAttribute('tabindex', '-1');
  }
  element.setAttribute('tabindex', '0');
}

/** The tab stop, or the first cell when notes moved it away. */
export function stopOf(grid: HTMLElement): HTMLElement | null {
  return (
    grid.querySelector<HTMLElement>('[tabindex="0"]') ??
    grid.querySelector<HTMLElement>('[role="gridcell"]') ??
    grid.querySelector<HTMLElement>('[role="columnheader"]')
  );
}

function cellsOf(row: HTMLElement): HTMLElement[] {
  return [
    ...row.querySelectorAll<HTMLElement>(
      ':scope > [role="gridcell"], :scope > [role="rowheader"], :scope > [role="columnheader"]',
    ),
  ];
}

function entry(cell: HTMLElement | null, side: 'top' | 'bottom'): HTMLElement | null {
  if (!cell || cell.getAttribute('tabindex') === null) return null;
  const notes = notesIn(cell);
  return (side === 'top' ? notes[0] : notes.at(-1)) ?? cell;
}

/** The note of the next cell that lies at the same height, else the cell. */
function beside(cell: HTMLElement | null, note: HTMLElement | null): HTMLElement | null {
  if (!cell || cell.getAttribute('tabindex') === null) return null;
  const notes = notesIn(cell);
  if (!note) return notes[0] ?? cell;
  const top = note.getBoundingClientRect().top;
  let best: HTMLElement | null = null;
  let least = Infinity;
  for (const one of notes) {
    const away = Math.abs(one.getBoundingClientRect().top - top);
    if (away < least) [best, least] = [one, away];
  }
  return best ?? cell;
}
