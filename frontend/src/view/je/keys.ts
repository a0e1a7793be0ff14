// The two keys of a proposal. They are the box's own again as soon as none shows.
import { t } from '../../i18n';
import type { Ui } from '../ui.svelte';
import type { Telling } from './telling.svelte';

/** Tab accepts, Escape refuses for good. True when the key was taken; the caller stops there. */
export function answered(event: KeyboardEvent, telling: Telling, ui: Ui, accept: () => void): boolean {
  if (telling.suggestion === null || event.isComposing) return false;
  const bare = !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey);
  if (event.key === 'Escape') {
    telling.dismiss();
    ui.say(t('je.said.dismissed'));
  } else if (event.key === 'Tab' && bare) accept();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
