// Putting lines in another order by mouse, pen or finger: from the handle, among the lines of the same section or pipeline.
import type { ReviewContext } from '../context';

const MARGIN = 48; // pixels from an edge where the list scrolls by itself

export function dragLines(pane: HTMLElement, { replica, ui, acts }: ReviewContext): () => void {
  let carried: string | null = null;
  let frame = 0;
  let y = 0;

  function down(event: PointerEvent): void {
    const handle = (event.target as HTMLElement).closest('[data-handle]');
    const id = handle?.closest<HTMLElement>('[data-line]')?.dataset.line;
    if (!id || event.button !== 0 || !replica.may('review')) return;
    event.preventDefault();
    carried = id;
    pane.setPointerCapture(event.pointerId);
    pane.classList.add('dragging');
  }
  function move(event: PointerEvent): void {
    if (!carried) return;
    y = event.clientY;
    look();
    frame ||= requestAnimationFrame(roll);
  }
  /** Before which line it would go: the first fellow whose middle is below the pointer. */
  function look(): void {
    const line = carried ? replica.line(carried) : undefined;
    if (!line) return;
    const fellows = replica.lines(line.record.section, line.record.parent ?? null);
    const rows = fellows.flatMap((id) => {
      const row = pane.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`);
      return row ? [{ id, box: row.getBoundingClientRect() }] : [];
    });
    const next = rows.find(({ box }) => y < box.top + box.height / 2);
    ui.drop = { line: line.id, before: next ? next.id : null };
  }
  function roll(): void {
    frame = 0;
    if (!carried) return;
    const box = pane.getBoundingClientRect();
    const by = y < box.top + MARGIN ? -12 : y > box.bottom - MARGIN ? 12 : 0;
    if (by === 0) return;
    pane.scrollTop += by;
    look();
    frame = requestAnimationFrame(roll);
  }
  function up(event: PointerEvent): void {
    if (!carried) return;
    const drop = ui.drop;
    stop(event);
    if (drop && drop.before !== drop.line) acts.move(drop.line, drop.before);
  }
  function stop(event?: PointerEvent): void {
    if (event && pane.hasPointerCapture(event.pointerId)) pane.releasePointerCapture(event.pointerId);
    carried = null;
    ui.drop = null;
    pane.classList.remove('dragging');
  }
  const escape = (event: KeyboardEvent): void => {
    if (carried && event.key === 'Escape') stop();
  };

  pane.addEventListener('pointerdown', down);
  pane.addEventListener('pointermove', move);
  pane.addEventListener('pointerup', up);
  pane.addEventListener('pointercancel', stop);
  document.addEventListener('keydown', escape);
  return () => {
    cancelAnimationFrame(frame);
    pane.removeEventListener('pointerdown', down);
    pane.removeEventListener('pointermove', move);
    pane.removeEventListener('pointerup', up);
    pane.removeEventListener('pointercancel', stop);
    document.removeEventListener('keydown', escape);
  };
}
