// What a zoom means: how narrow a column may get, and how tall a note is guessed before it is drawn. Pure.
import { ZOOMS, type Zoom } from '../ui.svelte';

const MINIMA: Record<Zoom, number> = { 50: 122, 65: 158, 80: 196, 100: 244, 125: 304, 150: 364 };

export const stageMin = (zoom: Zoom): number => MINIMA[zoom];

export function guess(zoom: Zoom, comfortable: boolean): number {
  if (comfortable) return Math.round((zoom / 100) * 86);
  return zoom < 65 ? 25 : 38;
}

/** How many rows fill a screen of this height, by the tallest cell of each: those are drawn first. */
export function rowsToFill(tallest: readonly number[], note: number, height: number): number {
  let filled = 0;
  const last = tallest.findIndex((notes) => (filled += Math.max(42, 6 + notes * note)) >= height);
  return last < 0 ? tallest.length : last + 1;
}

/** The greatest zoom at which so many columns fit in this width, notes still compact unless there is much room. */
export function fitting(width: number, stages: number): Zoom {
  const fits = ZOOMS.filter((zoom) => zoom <= 100 && stages * MINIMA[zoom] <= width);
  return fits.at(-1) ?? 50;
}
