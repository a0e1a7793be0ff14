// Moving notes by mouse, pen or finger: one set of listeners for the whole board, Pointer Events only.
import type { BoardContext } from '../context';
import type { Spot } from '../ui.svelte';
import { noteOf, notesIn } from '../wall/dom';
import { LONG_PRESS, MOUSE_SLOP, TOUCH_SLOP, edgeSpeed, indexAt, isFar } from './drag';

interface Press {
  readonly pointer: number;
  readonly touch: boolean;
  readonly note: HTMLElement;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  timer: number;
}

/** Listens on `root`, which holds the wall and the parking. Returns what stops it. */
export function dragNotes(root: HTMLElement, { ui, replica, acts }: BoardContext): () => void {
  let press: Press | null = null;
  let ghost: HTMLElement | null = null;
  let at = { x: 0, y: 0 };
  let frame = 0;

  function down(event: PointerEvent): void {
    const note = noteOf(event.target);
    const id = note?.dataset.note;
    if (press || !note || !id || event.button !== 0 || !event.isPrimary || ui.linking) return;
    if (event.target instanceof Element && event.target.closest('button, textarea, input, select, a')) return;
    if (!replica.may('change_note', id) || ui.mark(id).writing) return;
    const touch = event.pointerType === 'touch';
    press = { pointer: event.pointerId, touch, note, id, x: event.clientX, y: event.clientY, timer: 0 };
    at = { x: event.clientX, y: event.clientY };
    if (touch) press.timer = window.setTimeout(begin, LONG_PRESS);
  }

  function move(event: PointerEvent): void {
    if (!press || event.pointerId !== press.pointer) return;
    at = { x: event.clientX, y: event.clientY };
    if (ghost) return event.preventDefault();
    const far = isFar(at.x - press.x, at.y - press.y, press.touch ? TOUCH_SLOP : MOUSE_SLOP);
    if (!far) return;
    if (press.touch) end();
    else begin();
  }

  function begin(): void {
    if (!press || ghost) return;
    const box = press.note.getBoundingClientRect();
    ghost = press.note.cloneNode(true) as HTMLElement;
    ghost.removeAttribute('data-note');
    ghost.removeAttribute('tabindex');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.classList.add('ghost');
    Object.assign(ghost.style, { width: `${box.width}px`, left: `${box.left}px`, top: `${box.top}px` });
    for (const name of ['--note-fs', '--note-lh', '--note-lines', '--note-mark', '--note-scale'])
      ghost.style.setProperty(name, getComputedStyle(press.note).getPropertyValue(name));
    root.append(ghost);
    root.classList.add('dragging');
    document.getSelection()?.removeAllRanges();
    ui.sheet = null;
    ui.menu = null;
    if (press.touch) navigator.vibrate?.(12);
    if (moved().length > 1) ghost.dataset.count = String(moved().length);
    ui.setCarry({ notes: moved(), by: 'pointer', to: spotUnder() ?? here() });
    frame = requestAnimationFrame(tick);
  }

  function tick(): void {
    if (!press || !ghost) return;
    ghost.style.transform = `translate(${at.x - press.x}px, ${at.y - press.y}px) rotate(.6deg)`;
    scrollAtEdges(root, at.x, at.y);
    const to = spotUnder() ?? here();
    const now = ui.carry?.to;
    if (!now || now.stage !== to.stage || now.channel !== to.channel || now.before !== to.before)
      ui.setCarry({ notes: moved(), by: 'pointer', to });
    frame = requestAnimationFrame(tick);
  }

  /** Where the note lies now: let go outside, it stays. */
  function here(): Spot {
    const note = press ? replica.note(press.id) : undefined;
    const before = press ? acts.after(press.id) : null;
    return { stage: note?.stage ?? null, channel: note?.channel ?? null, before };
  }

  function spotUnder(): Spot | null {
    const under = document.elementFromPoint(at.x, at.y);
    if (!under || !press) return null;
    if (under.closest('[data-parking]')) return { stage: null, channel: null, before: null };
    const cell = under.closest<HTMLElement>('.cell');
    if (!cell) return null;
    const gone = moved();
    const others = notesIn(cell).filter((note) => !gone.includes(note.dataset.note ?? ''));
    const index = indexAt(
      others.map((note) => note.getBoundingClientRect()),
      at.y,
    );
    return {
      stage: cell.dataset.stage ?? null,
      channel: cell.dataset.channel ?? null,
      before: others[index]?.dataset.note ?? null,
    };
  }

  function up(event: PointerEvent): void {
    if (!press || event.pointerId !== press.pointer) return;
    at = { x: event.clientX, y: event.clientY };
    if (!ghost) return end();
    const { id } = press;
    const notes = moved();
    const to = spotUnder() ?? here();
    swallowClick();
    end();
    acts.move(notes, to);
    if (notes.length === 1) ui.select(id);
  }

  function end(): void {
    if (!press) return;
    clearTimeout(press.timer);
    cancelAnimationFrame(frame);
    ghost?.remove();
    ghost = press = null;
    root.classList.remove('dragging');
    if (ui.carry?.by === 'pointer') ui.setCarry(null);
  }

  const cancelled = (event: PointerEvent) => {
    if (event.pointerId === press?.pointer) end();
  };
  const escaped = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !ghost) return;
    event.stopPropagation();
    swallowClick();
    end();
  };
  // A finger that holds a note must not scroll the wall; this only works from a listener that was there before the touch.
  const hold = (event: TouchEvent) => {
    if (ghost) event.preventDefault();
  };
  const noMenu = (event: Event) => {
    if (press?.touch) event.preventDefault();
  };

  const moved = (): readonly string[] => (press ? ui.several(press.id) : []);

  const off = new AbortController();
  const { signal } = off;
  root.addEventListener('pointerdown', down, { signal });
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', cancelled, { signal });
  window.addEventListener('blur', end, { signal });
  document.addEventListener('keydown', escaped, { signal, capture: true });
  root.addEventListener('touchmove', hold, { signal, passive: false });
  root.addEventListener('contextmenu', noMenu, { signal });
  root.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  return () => {
    end();
    off.abort();
  };
}

/** The click that ends a drag is not a click on what lies there. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 60);
}

function scrollAtEdges(root: HTMLElement, x: number, y: number): void {
  const wall = root.querySelector<HTMLElement>('.wall');
  if (!wall) return;
  const box = wall.getBoundingClientRect();
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return;
  const left = edgeSpeed(x, box.left + 100, box.right);
  const top = edgeSpeed(y, box.top + 42, box.bottom - 74);
  if (left || top) wall.scrollBy({ left, top, behavior: 'instant' });
}
