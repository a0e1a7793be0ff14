// Brings something of the wall on screen, and keeps it there while the notes around it take their real heights.

const FRAMES = 24; // at most; on a large board the notes come near, are drawn, and push what is below
const STILL = 4; // frames without a move: nothing more will come

export function reveal(
  element: Element,
  options: ScrollIntoViewOptions = { block: 'nearest', inline: 'nearest' },
): void {
  element.scrollIntoView(options);
  if (!element.closest('.wall.large')) return;
  let left = FRAMES;
  let still = 0;
  let last = element.getBoundingClientRect().top;
  let theirs = false;
  const scrolls = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
  const stop = () => (theirs = true);
  for (const type of scrolls) addEventListener(type, stop, { capture: true, passive: true });
  requestAnimationFrame(function again() {
    const { top } = element.getBoundingClientRect();
    still = top === last ? still + 1 : 0;
    if (still === 0) element.scrollIntoView(options);
    last = element.getBoundingClientRect().top;
    if (element.isConnected && !theirs && still < STILL && --left > 0) requestAnimationFrame(again);
    else for (const type of scrolls) removeEventListener(type, stop, { capture: true });
  });
}
