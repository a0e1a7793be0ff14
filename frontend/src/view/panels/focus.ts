// Where the focus goes around a panel, and where a panel hangs. Reads the page, changes nothing of the board.

const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/** Keeps Tab inside a panel that covers the rest. */
export function hold(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0,
  );
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return event.preventDefault();
  const at = document.activeElement;
  if (event.shiftKey ? at === first || at === panel : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** Left edge of a sheet this wide that hangs under its button: aligned with it, inside the page. Pure. */
export function underneath(
  button: { readonly left: number; readonly right: number },
  width: number,
  page: number,
): number {
  const inside = (x: number) => Math.max(8, Math.min(x, page - width - 14));
  return Math.round(inside(button.left + width > page - 14 ? button.right - width : button.left));
}

/** The other end of a list that arrows walk: from `at` by `step`, stopping at both ends. */
export function walk(count: number, at: number, step: number): number {
  return Math.max(0, Math.min(count - 1, at + step));
}

/** Where the focus was is gone: the wall's one tab stop, or whatever opens this panel. */
export function refuge(is: string): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(`[data-opens="${CSS.escape(is)}"]`) ??
    document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')
  );
}
