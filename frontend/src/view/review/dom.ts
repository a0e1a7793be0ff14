// Where lines are in the page. Everything is found by `data-` names.

export const lineEl = (id: string, root: ParentNode = document): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`);
export const sectionEl = (section: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-section="${CSS.escape(section)}"]`);

const TRIES = 40; // frames: a section far below may not be drawn yet
const FIELDS = 'input, textarea, select, button[role="switch"], .adder';
let turn = 0;

/** Brings the open line into sight and gives it the focus. `attribute`: in the editor, on that one; '' on the first. */
export function reveal(id: string, attribute: string | null = null): void {
  const mine = ++turn;
  let tries = 0;
  const look = (): void => {
    if (mine !== turn) return;
    const line = lineEl(id);
    const target = line && aim(line, attribute);
    if (!line || !target) {
      if (++tries < TRIES) requestAnimationFrame(look);
      return;
    }
    target.focus({ preventScroll: true });
    line.scrollIntoView({ block: 'nearest' });
    if (attribute) target.scrollIntoView({ block: 'nearest' });
  };
  requestAnimationFrame(look);
}

function aim(line: HTMLElement, attribute: string | null): HTMLElement | null {
  if (attribute === null)
    return line.querySelector<HTMLElement>('[data-main]') ?? line.querySelector<HTMLElement>('[data-card]');
  const home = attribute && line.querySelector<HTMLElement>(`[data-attribute="${CSS.escape(attribute)}"]`);
  // Nothing in particular: the name, which comes first.
  return (home || line.querySelector('[data-card]'))?.querySelector<HTMLElement>(FIELDS) ?? null;
}

export function showSection(section: string): void {
  const head = sectionEl(section);
  head?.scrollIntoView({ block: 'start' });
  head?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}

/** Is somebody typing there, or choosing in a list? Then keys are words. */
export function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type)) ||
      target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null)
  );
}
