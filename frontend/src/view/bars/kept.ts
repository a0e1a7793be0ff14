// What becomes of what one writes while there is no line. Pure.
import { t } from '../../i18n';
import type { Replica } from '../../model/replica.svelte';

/** A private window keeps nothing once it is closed: then the tab must stay open. */
export function keptSentence({ volatile, pending }: Pick<Replica, 'volatile' | 'pending'>): string {
  if (volatile) return t('state.kept_open');
  return pending > 0 ? t('state.kept', { n: pending }) : t('state.kept_none');
}
