// Carrying a step by mouse or pen along its row: where it would fall, and when it falls. Fingers scroll; they have buttons.

const FAR = 6; // pixels before a press becomes a carry

export class Carry {
  /** What is carried, by how much, and which place of the row it would take and has. */
  id: string | null = $state(null);
  dx = $state(0);
  dy = $state(0);
  to = $state(-1);
  from = $state(-1);
  /** The click that ends a carry opens nothing. */
  justDropped = false;

  #start: { id: string; x: number; y: number; pointer: number } | null = null;
  #row: HTMLElement | undefined;

  constructor(private readonly drop: (id: string, to: number) => void) {}

  press(event: PointerEvent, id: string, from: number, row: HTMLElement): void {
    this.justDropped = false;
    if (event.button !== 0 || event.pointerType === 'touch') return;
    this.#start = { id, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    this.#row = row;
    this.from = from;
  }

  move(event: PointerEvent): void {
    const start = this.#start;
    if (!start || event.pointerId !== start.pointer) return;
    const dx = event.clientX - start.x;
    const dy = event.clientY - start.y;
    if (this.id === null && Math.hypot(dx, dy) < FAR) return;
    if (this.id === null) {
      this.id = start.id;
      this.#row?.setPointerCapture?.(start.pointer);
    }
    this.dx = dx;
    this.dy = dy;
    this.to = this.#place(event.clientX, event.clientY, start.id);
  }

  release(): void {
    const { id, to } = this;
    this.cancel();
    if (id === null) return;
    this.justDropped = true;
    setTimeout(() => (this.justDropped = false));
    if (to >= 0) this.drop(id, to);
  }

  cancel(): void {
    this.#start = null;
    this.id = null;
    this.to = -1;
  }

  /** Among the others, in reading order: before the first card whose middle is further on. */
  #place(x: number, y: number, moving: string): number {
    const cards = [...(this.#row?.querySelectorAll<HTMLElement>('[data-step]') ?? [])].filter(
      (card) => card.dataset['step'] !== moving,
    );
    const at = cards.findIndex((card) => {
      const box = card.getBoundingClientRect();
      return y < box.top || (y <= box.bottom && x < box.left + box.width / 2);
    });
    return at < 0 ? cards.length : at;
  }
}
