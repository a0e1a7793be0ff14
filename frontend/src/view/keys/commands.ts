// What each command of the keyboard does. Keys typed in a field are words and never get here.
import { t } from '../../i18n';
import type { BoardContext } from '../context';
import { cellOf, isTyping, noteEl, noteOf, spotOf } from '../wall/dom';
import { spotAt } from '../wall/cell';
import { reveal } from '../wall/reveal';
import { reach, stopOf, type Step } from './focus';
import { command, type Command } from './keymap';

interface Page {
  readonly fit: () => void;
  readonly root: () => HTMLElement | undefined;
}

export function boardKeys(board: BoardContext, page: Page): (event: KeyboardEvent) => void {
  const { ui, replica, acts } = board;
  let wanted = 0;

  return (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    const typing = isTyping(target);
    const pressed = {
      key: event.key,
      code: event.code,
      ctrl: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
      alt: event.altKey,
    };
    const order = command(pressed, ui.letters && !typing);
    if (!order) return;
    if (typing && order.is !== 'escape') return;
    if (typing && target.closest('[data-editor]')) return;
    if (ui.sheet && target.closest('.sheet') && order.is !== 'remove' && onNote(order, ui.sheet))
      return event.preventDefault();
    const inWall = target.closest('.wall') !== null || target === document.body;
    if (onPage(order, inWall) || (inWall && onWall(order, target))) event.preventDefault();
  };

  /** Commands heard wherever the focus is. */
  function onPage(order: Command, inWall: boolean): boolean {
    switch (order.is) {
      case 'undo':
        acts.undo();
        return true;
      case 'redo':
        acts.redo();
        return true;
      case 'find':
      case 'help':
        ui.panel = { is: order.is };
        return true;
      case 'zoom':
        // Elsewhere these keys enlarge the page, which must stay possible.
        if (!inWall) return false;
        if (order.by === 'fit') page.fit();
        else ui.zoomBy(order.by);
        return true;
      case 'escape':
        return escape();
      default:
        return false;
    }
  }

  function escape(): boolean {
    if (ui.carry) {
      ui.setCarry(null);
      ui.say(t('board.carry.cancelled'));
    } else if (ui.linking) ui.linking = null;
    else if (ui.menu) ui.menu = null;
    else if (ui.panel) ui.panel = null;
    else if (ui.sheet) {
      const id = ui.sheet;
      ui.sheet = null;
      focusNote(id);
    } else if (ui.selected) {
      const cell = cellOf(noteEl(document, ui.selected));
      ui.select(null);
      cell?.focus({ preventScroll: true });
    } else return false;
    return true;
  }

  /** Commands about the cell or the note that has the focus. */
  function onWall(order: Command, target: HTMLElement): boolean {
    const grid = page.root()?.querySelector<HTMLElement>('[role="grid"]');
    if (!grid) return false;
    const from = target === document.body ? stopOf(grid) : target;
    if (!from) return false;
    if (order.is === 'go') return ui.carry ? carryBy(order.to) : go(grid, from, order.to);
    if (from instanceof HTMLButtonElement) return false;
    const id = noteOf(from)?.dataset.note ?? null;
    if (order.is === 'open') return open(from, id);
    if (order.is === 'new') {
      const spot = spotOf(from);
      if (spot) acts.write({ ...spot, before: id ? acts.after(id) : null });
      return spot !== null;
    }
    if (order.is === 'remove' && !id) return unplace(from);
    return id ? onNote(order, id) : false;
  }

  function go(grid: HTMLElement, from: HTMLElement, step: Step): boolean {
    const to = from.closest('[data-parking]') ? nextParked(from, step) : reach(grid, from, step);
    if (!to) return true;
    to.focus({ preventScroll: true });
    reveal(to);
    return true;
  }

  function nextParked(from: HTMLElement, step: Step): HTMLElement | null {
    const notes = [...(from.closest('[data-parking]')?.querySelectorAll<HTMLElement>('[data-note]') ?? [])];
    const at = notes.findIndex((note) => note.contains(from));
    return notes[at + (step === 'up' ? -1 : step === 'down' ? 1 : 0)] ?? null;
  }

  function open(from: HTMLElement, id: string | null): boolean {
    if (ui.carry) {
      const { notes, to } = ui.carry;
      ui.setCarry(null);
      acts.move(notes, to);
      return true;
    }
    if (id) {
      if (ui.linking && ui.linking !== id) acts.link(ui.linking, id);
      else {
        ui.open(id);
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.sheet [data-first]')?.focus());
      }
      return true;
    }
    if (ui.linking) return true;
    const spot = spotOf(from);
    if (spot) {
      acts.write(spot);
      return true;
    }
    const button = from.querySelector<HTMLElement>('button');
    button?.click();
    return button !== null;
  }

  function onNote(order: Command, id: string): boolean {
    switch (order.is) {
      case 'edit':
        acts.editText(id);
        return true;
      case 'kind':
        acts.setKind(id, order.kind);
        return true;
      case 'emotion':
        acts.shiftEmotion(id, order.step);
        return true;
      case 'truth':
        acts.toggleTruth(id);
        return true;
      case 'link':
        acts.startLink(id);
        return true;
      case 'move':
        return pickUp(id);
      case 'pick':
        ui.pick(id);
        ui.say(t('board.said.picked', { n: ui.picked.length }));
        return true;
      case 'duplicate': {
        const copy = acts.duplicate(id);
        if (copy) focusSoon(copy);
        return true;
      }
      case 'remove':
        removeAt(id);
        return true;
      case 'menu':
        ui.select(id);
        ui.menu = { note: id, is: 'more' };
        return true;
      default:
        return false;
    }
  }

  /** Delete on an empty cell says that it is empty on purpose, or takes it back. */
  function unplace(from: HTMLElement): boolean {
    const { stage, channel } = cellOf(from)?.dataset ?? {};
    if (!stage || !channel || replica.cell(stage, channel).length > 0) return false;
    acts.declareEmpty(stage, channel, !replica.gap(stage, channel));
    return true;
  }

  function removeAt(id: string): void {
    const note = replica.note(id);
    const going = ui.several(id);
    let next = acts.after(id);
    while (next && going.includes(next)) next = acts.after(next);
    const cell = cellOf(noteEl(document, id));
    acts.remove(id);
    if (next) focusSoon(next);
    else if (note) cell?.focus({ preventScroll: true });
  }

  function pickUp(id: string): boolean {
    const note = replica.note(id);
    if (!note || !replica.may('change_note', id)) return false;
    ui.sheet = null;
    const to = { stage: note.stage, channel: note.channel, before: acts.after(id) };
    ui.setCarry({ notes: ui.several(id), by: 'keys', to });
    ui.say(t('board.carry.how'));
    return true;
  }

  function carryBy(step: Step): boolean {
    const { carry } = ui;
    if (!carry) return false;
    const stages = replica.stages.map((one) => one.id);
    const channels = replica.channels.map((one) => one.id);
    const clamp = (n: number, list: readonly string[]) => Math.max(0, Math.min(list.length - 1, n));
    let col = Math.max(0, stages.indexOf(carry.to.stage ?? ''));
    let row = Math.max(0, channels.indexOf(carry.to.channel ?? ''));
    const others = (c: number, r: number) =>
      replica.cell(stages[c] ?? null, channels[r] ?? null).filter((id) => !carry.notes.includes(id));
    let index = carry.to.before ? others(col, row).indexOf(carry.to.before) : others(col, row).length;
    if (step === 'left') col = clamp(col - 1, stages);
    else if (step === 'right') col = clamp(col + 1, stages);
    else if (step === 'up' && index > 0) index -= 1;
    else if (step === 'up' && row > 0) index = others(col, --row).length;
    else if (step === 'down' && index < others(col, row).length) index += 1;
    else if (step === 'down' && row < channels.length - 1) [row, index] = [row + 1, 0];
    index = Math.min(index, others(col, row).length);
    const to = spotAt(others(col, row), carry.notes, index, stages[col] ?? null, channels[row] ?? null);
    ui.setCarry({ ...carry, to });
    ui.say(
      t('board.carry.at', {
        stage: acts.nameOf('stage', to.stage),
        channel: acts.nameOf('channel', to.channel),
        position: index + 1,
      }),
    );
    return true;
  }

  function focusNote(id: string): void {
    noteEl(document, id)?.focus({ preventScroll: true });
  }
  /** The element comes with the next repaint. */
  function focusSoon(id: string): void {
    const turn = ++wanted;
    let tries = 0;
    const look = () => {
      if (turn !== wanted) return;
      const el = noteEl(document, id);
      if (el) el.focus();
      else if (++tries < 12) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
}
