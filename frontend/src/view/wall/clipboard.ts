// Words that come and go by the clipboard: lines pasted on a cell are notes there, and a copied note is its words.
import type { BoardContext } from '../context';
import { linesOf } from '../note/paste';
import { isTyping, noteOf, spotOf } from './dom';

export function paste({ ui, acts }: BoardContext, event: ClipboardEvent): void {
  const target = event.target as HTMLElement;
  const spot = spotOf(target);
  if (isTyping(target) || !spot || ui.carry || ui.linking) return;
  const lines = linesOf(event.clipboardData?.getData('text/plain') ?? '');
  if (lines.length === 0) return;
  event.preventDefault();
  const note = noteOf(target)?.dataset.note;
  acts.addMany(lines, { ...spot, before: note ? acts.after(note) : null }, ui.kind);
}

/** A note without a selection in it is copied whole. */
export function copy({ replica }: BoardContext, event: ClipboardEvent): void {
  const note = noteOf(event.target)?.dataset.note;
  const words = note ? replica.note(note)?.text : undefined;
  if (!words || isTyping(event.target) || document.getSelection()?.toString()) return;
  event.clipboardData?.setData('text/plain', words);
  event.preventDefault();
}
