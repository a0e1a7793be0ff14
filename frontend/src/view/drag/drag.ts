// The arithmetic of a drag. Pure.

/** How far a mouse may shake before a press becomes a drag, and how far a finger may before it becomes a scroll. */
export const MOUSE_SLOP = 5;
export const TOUCH_SLOP = 9;
export const LONG_PRESS = 340;

export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Before which of these stacked notes does this height fall? Their number: after the last. */
export function indexAt(notes: readonly Band[], y: number): number {
  const index = notes.findIndex((note) => y < (note.top + note.bottom) / 2);
  return index < 0 ? notes.length : index;
}

/** Pixels to scroll in a frame when the pointer is this near an edge: nothing inside, faster outwards. */
export function edgeSpeed(at: number, start: number, end: number, zone = 54, most = 16): number {
  const before = start + zone - at;
  const after = at - (end - zone);
  if (before > 0 && before >= after) return -Math.ceil(Math.min(1, before / zone) * most);
  if (after > 0) return Math.ceil(Math.min(1, after / zone) * most);
  return 0;
}

export function isFar(dx: number, dy: number, slop: number): boolean {
  return dx * dx + dy * dy > slop * slop;
}
