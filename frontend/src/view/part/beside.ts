// Puts a panel beside what it is about, never over it.

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Left and top of a panel of this size, inside `room`, to the right of `about` or else to its left. Pure. */
export function spotBeside(
  about: Rect,
  size: { readonly width: number; readonly height: number },
  room: Rect,
  gap = 12,
): { left: number; top: number } {
  const right = about.right + gap;
  const left = about.left - gap - 4 - size.width;
  const fitsRight = right + size.width <= room.right - 6;
  const x = fitsRight
    ? right
    : left >= room.left + 6
      ? left
      : Math.max(room.left + 6, room.right - size.width - 6);
  const top = Math.min(about.top - 44, room.bottom - size.height - 8);
  return { left: Math.round(x), top: Math.round(Math.max(room.top + 8, top)) };
}

/** Keeps `panel` beside `about()` while the wall scrolls, the window changes or the note moves. Returns what stops it. */
export function keepBeside(panel: HTMLElement, about: () => Element | null, room: HTMLElement): () => void {
  let frame = 0;
  const put = () => {
    frame = 0;
    const anchor = about();
    if (!anchor) return;
    const home = room.getBoundingClientRect();
    const { left, top } = spotBeside(
      anchor.getBoundingClientRect(),
      { width: panel.offsetWidth, height: panel.offsetHeight },
      home,
    );
    panel.style.transform = `translate(${left - home.left}px, ${top - home.top}px)`;
    panel.style.visibility = 'visible';
  };
  const soon = () => {
    if (!frame) frame = requestAnimationFrame(put);
  };
  const watch = new ResizeObserver(soon);
  watch.observe(panel);
  watch.observe(room);
  const anchor = about();
  if (anchor) watch.observe(anchor);
  document.addEventListener('scroll', soon, { capture: true, passive: true });
  put();
  return () => {
    watch.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('scroll', soon, { capture: true });
  };
}
