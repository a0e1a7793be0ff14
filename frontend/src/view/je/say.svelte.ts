// Reading a proposal out: politely, once, and only when the hands rest.
import { t } from '../../i18n';
import type { Ui } from '../ui.svelte';

const REST = 700; // milliseconds

/** Call it while a component is made. */
export function sayOnce(ui: Ui, proposal: () => string | null, how: 'je.said' | 'je.said.touch'): void {
  let last: string | null = null;
  $effect(() => {
    const text = proposal();
    if (text === null || text === last) return;
    const timer = setTimeout(() => {
      last = text;
      ui.say(t(how, { text }));
    }, REST);
    return () => clearTimeout(timer);
  });
}
