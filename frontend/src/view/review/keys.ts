// What each key of the review does. Keys typed in a field are words and never get here.
import { isBusy } from './dom';
import type { ReviewContext } from './context';
import { order, type Order } from './keymap';

export function reviewKeys({ ui, acts, replica }: ReviewContext): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const typing = isBusy(event.target);
    const said = order(
      { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey },
      ui.letters,
    );
    if (!said || (typing && said !== 'escape')) return;
    if (ui.help) return;
    if (everywhere(said) || (ui.tab === 'review' && onLines(said, event.target as HTMLElement)))
      event.preventDefault();
  };

  function everywhere(said: Order): boolean {
    switch (said) {
      case 'undo':
        acts.undo();
        return true;
      case 'redo':
        acts.redo();
        return true;
      case 'help':
        ui.help = true;
        return true;
      case 'filter':
        ui.go('review');
        ui.filters = true;
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="search"] input')?.focus());
        return true;
      default:
        return false;
    }
  }

  function onLines(said: Order, target: HTMLElement): boolean {
    const id = ui.current;
    switch (said) {
      case 'down':
      case 'up':
        // Arrows belong to what has the focus, when it is a choice.
        if (target instanceof HTMLInputElement) return false;
        acts.step(said === 'down' ? 1 : -1);
        return true;
      case 'next':
        acts.next();
        return true;
      case 'escape':
        return escape();
      default:
        return id !== null && onLine(said, id);
    }
  }

  function onLine(said: Order, id: string): boolean {
    const line = replica.line(id);
    if (!line) return false;
    if (said === 'comment') {
      const box = document.querySelector<HTMLElement>('[data-comment]');
      box?.focus();
      box?.scrollIntoView({ block: 'nearest' });
      return box !== null;
    }
    if (!replica.may('review')) return false;
    const aside = line.standing === 'rejected' || line.standing === 'merged';
    switch (said) {
      case 'accept':
        acts.acceptAndGo(id);
        return true;
      case 'edit':
        acts.edit(id);
        return true;
      case 'reject':
        if (!aside) ui.asking = 'reject';
        return true;
      case 'merge':
        if (!aside) ui.asking = 'merge';
        return true;
      case 'raise':
      case 'lower':
        acts.shift(id, said === 'raise' ? -1 : 1);
        return true;
      default:
        return false;
    }
  }

  function escape(): boolean {
    const id = ui.current;
    if (ui.menu) ui.menu = null;
    else if (ui.asking) ui.asking = null;
    else if (ui.adding) ui.adding = null;
    else if (ui.editing) ui.edit(null);
    else return false;
    if (id) acts.show(id);
    return true;
  }
}
