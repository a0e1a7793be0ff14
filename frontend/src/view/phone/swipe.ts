// A finger drawn sideways over the notes changes the stage. Up and down stays the browser's own scrolling.

const EDGE = 22; // the phone's own gesture for « back » begins there
const SLOP = 12;
const FAR = 64;
const FAST = 0.45; // pixels a millisecond

export interface Swiping {
  /** Is there something on that side? */
  readonly can: (by: 1 | -1) => boolean;
  readonly go: (by: 1 | -1) => void;
}

/** Where the finger leaves things: the next, the one before, or back. Pure. */
export function landing(dx: number, milliseconds: number): 1 | -1 | 0 {
  const fast = Math.abs(dx) > 24 && Math.abs(dx) / Math.max(1, milliseconds) > FAST;
  if (Math.abs(dx) < FAR && !fast) return 0;
  return dx < 0 ? 1 : -1;
}

/** Listens on `list`, which follows the finger by its `--dx`. Returns what stops it. */
export function swipe(list: HTMLElement, { can, go }: Swiping): () => void {
  let start: { id: number; x: number; y: number; at: number } | null = null;
  let sideways = false;

  const put = (dx: number) => list.style.setProperty('--dx', `${dx}px`);
  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' || !event.isPrimary) return;
    if (event.clientX < EDGE || event.clientX > innerWidth - EDGE) return;
    start = { id: event.pointerId, x: event.clientX, y: event.clientY, at: event.timeStamp };
    sideways = false;
  };
  const move = (event: PointerEvent) => {
    if (!start || event.pointerId !== start.id) return;
    const dx = event.clientX - start.x;
    const dy = event.clientY - start.y;
    if (!sideways) {
      if (Math.abs(dy) > SLOP && Math.abs(dy) > Math.abs(dx)) start = null;
      if (Math.abs(dx) < SLOP || Math.abs(dx) < Math.abs(dy) * 1.3) return;
      sideways = true;
      list.classList.add('drawn');
    }
    put(can(dx < 0 ? 1 : -1) ? dx : dx / 4);
  };
  const up = (event: PointerEvent) => {
    if (!start || event.pointerId !== start.id) return;
    const by =
      sideways && event.type === 'pointerup'
        ? landing(event.clientX - start.x, event.timeStamp - start.at)
        : 0;
    start = null;
    list.classList.remove('drawn');
    put(0);
    if (by !== 0 && can(by)) go(by);
  };
  /** Once it is ours, no gesture of the browser comes out of it: a fling would swallow the next tap. */
  const keep = (event: TouchEvent) => {
    if (sideways && event.cancelable) event.preventDefault();
  };
  /** The finger that drew a stage in did not ask to open a note. */
  const click = (event: MouseEvent) => {
    if (!sideways) return;
    sideways = false;
    event.preventDefault();
    event.stopPropagation();
  };

  list.addEventListener('pointerdown', down);
  list.addEventListener('pointermove', move);
  list.addEventListener('touchmove', keep, { passive: false });
  list.addEventListener('pointerup', up);
  list.addEventListener('pointercancel', up);
  list.addEventListener('click', click, { capture: true });
  return () => {
    list.removeEventListener('pointerdown', down);
    list.removeEventListener('pointermove', move);
    list.removeEventListener('touchmove', keep);
    list.removeEventListener('pointerup', up);
    list.removeEventListener('pointercancel', up);
    list.removeEventListener('click', click, { capture: true });
  };
}
