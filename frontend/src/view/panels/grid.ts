// What the sheets of stages and channels do to the grid: order, neighbours, taking away with the way back.
import { t } from '../../i18n';
import type { BoardContext } from '../context';
import { WORDS } from './words';

export type What = 'stage' | 'channel';

interface Line {
  readonly id: string;
  readonly name: string;
}

/** Before which line one must be put to go `step` places further; undefined where there is no further. Pure. */
export function target(order: readonly Line[], id: string, step: 1 | -1): string | null | undefined {
  const at = order.findIndex((line) => line.id === id);
  if (at < 0 || (step < 0 ? at === 0 : at === order.length - 1)) return undefined;
  return (step < 0 ? order[at - 1]?.id : order[at + 2]?.id) ?? null;
}

export function linesOf({ replica }: BoardContext, what: What): readonly Line[] {
  return what === 'stage' ? replica.stages : replica.channels;
}

/** How many notes lie in it, those still to be placed included: they lose it too. */
export function notesIn({ replica }: BoardContext, what: What, id: string): number {
  void replica.painted;
  return replica.notes().filter((note) => note.removedAt === null && note[what] === id).length;
}

export function move(board: BoardContext, what: What, id: string, step: 1 | -1): void {
  const order = linesOf(board, what);
  const before = target(order, id, step);
  if (before === undefined) return;
  const edit = before === null ? {} : { before };
  board.replica.edit(
    what === 'stage'
      ? { type: 'move_stage', stage: id, ...edit }
      : { type: 'move_channel', channel: id, ...edit },
  );
  const n = order.findIndex((line) => line.id === id) + 1 + step;
  board.ui.say(t(WORDS[what].moved, { n, of: order.length }));
}

export function add(board: BoardContext, what: What, name: string, before: string | null): string {
  const { replica, ui } = board;
  const id = replica.newId();
  const place = before === null ? {} : { before };
  replica.edit(
    what === 'stage'
      ? { type: 'add_stage', stage: id, name, ...place }
      : { type: 'add_channel', channel: id, name, ...place },
  );
  ui.say(t(WORDS[what].added, { name }));
  return id;
}

/** Its notes go to the parking; the toast brings everything back. */
export function remove(board: BoardContext, what: What, id: string): void {
  const { replica, ui } = board;
  const name = linesOf(board, what).find((line) => line.id === id)?.name ?? '';
  const n = notesIn(board, what, id);
  const edit = replica.edit(
    what === 'stage' ? { type: 'remove_stage', stage: id } : { type: 'remove_channel', channel: id },
  );
  ui.panel = null;
  const text = n > 0 ? t(WORDS[what].removedNotes, { name, n }) : t(WORDS[what].removed, { name });
  ui.say(text);
  ui.toast({
    text,
    undoes: true,
    action: {
      label: t('panel.undo'),
      run: () => {
        replica.edit({ type: 'undo', edit });
        ui.say(t(WORDS[what].back, { name }));
      },
    },
  });
}

/** The drawer takes room from the wall: the head that it is about comes back in sight. */
export function uncover(id: string): void {
  document
    .querySelector(`[data-head="${CSS.escape(id)}"]`)
    ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
