// Brings something of the wall on screen, and keeps it there while it opens and the notes around it take their real heights.

const FRAMES = 24; // at most; on a large board the notes come near, are drawn, and push what is below
const STILL = 4; // frames without a move: nothing more will come
const HANDS = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** Until it lies still, or somebody does something else. */
export function reveal(
  element: Element,
  options: ScrollIntoViewOptions = { block: 'nearest', inline: 'nearest' },
): void {
  const edges = () => {
    const { top, bottom } = element.getBoundingClientRect();
    return `${top} ${bottom}`;
  };
  let left = FRAMES;
  let still = 0;
  let theirs = false;
  const stop = () => (theirs = true);
  for (const hand of HANDS) addEventListener(hand, stop, { capture: true, passive: true });
  element.scrollIntoView(options);
  let last = edges();
  requestAnimationFrame(function again() {
    still = edges() === last ? still + 1 : 0;
    if (still === 0 && !theirs) element.scrollIntoView(options);
    last = edges();
    if (element.isConnected && !theirs && still < STILL && --left > 0) requestAnimationFrame(again);
    else for (const hand of HANDS) removeEventListener(hand, stop, { capture: true });
  });
}
