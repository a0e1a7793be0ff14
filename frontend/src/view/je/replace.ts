// Putting a proposal in a box as if it had been typed: the browser's own undo takes it back, and the caret stays by its words.
import { mapOffset } from '../../model/caret';

export function replaceIn(box: HTMLTextAreaElement, text: string): void {
  const before = box.value;
  const [start, end] = [box.selectionStart, box.selectionEnd];
  const { head, tail } = common(before, text);
  const part = text.slice(head, text.length - tail);
  box.focus({ preventScroll: true });
  box.setSelectionRange(head, before.length - tail);
  document.execCommand?.(part ? 'insertText' : 'delete', false, part);
  if (box.value !== text) {
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  box.setSelectionRange(moved(before, text, start), moved(before, text, end));
}

/** At the end is where one writes on: it stays the end. */
function moved(before: string, after: string, offset: number): number {
  return offset === before.length ? after.length : mapOffset(before, after, offset);
}

/** How many UTF-16 units both begin and end with; never half an emoji. */
export function common(one: string, other: string): { head: number; tail: number } {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  if (head > 0 && isHalf(one, head)) head--;
  let tail = 0;
  while (tail < most - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  if (tail > 0 && isHalf(one, one.length - tail)) tail--;
  return { head, tail };
}

/** Does this offset cut a pair of surrogates? */
function isHalf(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
