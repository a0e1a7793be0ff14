// An edit that is too big for one frame or one batch, as several that fit. They are undone together.
import type { BoardEdit, NewNote, NewText } from '../wire/types.gen';
import { LIMITS } from './limits';

const ROOM = LIMITS.FRAME_BYTES * 0.75; // bytes for what is repeated; the rest of the frame is around it

export function pieces(edit: BoardEdit): BoardEdit[] {
  switch (edit.type) {
    case 'add_notes':
      // each piece is put before the same note, so the order stays; without one, at the end, so it stays too
      return batches(edit.notes, bytesOf).map((notes) => ({ ...edit, notes }));
    case 'set_texts':
      return batches(edit.notes, bytesOf).map((notes) => ({ ...edit, notes }));
    case 'move_notes':
    case 'remove_notes':
    case 'restore_notes':
      return batches(edit.notes, sizeOf).map((notes) => ({ ...edit, notes }));
    default:
      return [edit];
  }
}

/** In pieces that fit in a frame and in one batch, in order. */
export function batches<T>(items: readonly T[], size: (item: T) => number): T[][] {
  const all: T[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const more = size(item);
    const last = all.at(-1) ?? [];
    if (last.length > 0 && (last.length >= LIMITS.BATCH || bytes + more > ROOM)) {
      all.push([item]);
      bytes = more;
    } else {
      last.push(item);
      bytes += more;
    }
  }
  return all;
}

/** What an id takes in a frame. */
export function sizeOf(id: string): number {
  return id.length + 3;
}

function bytesOf(note: NewNote | NewText): number {
  return new TextEncoder().encode(JSON.stringify(note)).length + 1;
}
