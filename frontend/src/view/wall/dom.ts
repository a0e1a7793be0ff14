// Where things of the board are in the page. Everything is found by `data-` names, never by position kept aside.
import type { Spot } from '../ui.svelte';

export const noteEl = (root: ParentNode, id: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-note="${CSS.escape(id)}"]`);

export const cellEl = (root: ParentNode, stage: string, channel: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(
    `.cell[data-stage="${CSS.escape(stage)}"][data-channel="${CSS.escape(channel)}"]`,
  );

export const noteOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-note]') : null;

export const cellOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.cell') : null;

export const notesIn = (cell: Element): HTMLElement[] => [
  ...cell.querySelectorAll<HTMLElement>(':scope > [data-note]'),
];

/** The cell of an element, as a spot at its end. */
export function spotOf(element: HTMLElement | null): Spot | null {
  const cell = cellOf(element);
  if (!cell) return null;
  return { stage: cell.dataset.stage ?? null, channel: cell.dataset.channel ?? null, before: null };
}

/** Is somebody typing there? Then keys are words. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
