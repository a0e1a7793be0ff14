// Which lines are on screen, in which order: by section, steps under their pipeline, what the filter leaves out left out.
import type { DraftReplica } from '../../model/draft/replica.svelte';
import { matches } from './filter';
import { SECTIONS, type Section } from './sections';
import type { ReviewUi } from './ui.svelte';

export interface Listing {
  /** The lines of one section, as far as the filter shows them. */
  of(section: Section): readonly string[];
  /** What is on screen of it: one object at a time, where one is chosen. */
  seen(section: Section): readonly string[];
  /** All that is on screen, from the first section to the last. */
  ids(): readonly string[];
  /** All that the filter shows, whatever object is looked at. */
  all(): readonly string[];
}

export const objectOf = (replica: DraftReplica, id: string): string =>
  String(replica.line(id)?.values['object'] ?? '');

export function listing(replica: DraftReplica, ui: ReviewUi): Listing {
  function whole(section: Section): readonly string[] {
    if (section !== 'pipelines') return replica.lines(section);
    return replica.lines('pipelines').flatMap((id) => [id, ...replica.lines('steps', id)]);
  }
  function keeps(id: string): boolean {
    const line = replica.line(id);
    if (!line) return false;
    const open = () => replica.comments(id).filter((one) => !one.settled).length;
    return id === ui.current || matches(ui.filter, line, open);
  }
  function of(section: Section): readonly string[] {
    const ids = whole(section);
    return ui.filtering ? ids.filter(keeps) : ids;
  }
  function seen(section: Section): readonly string[] {
    const looked = ui.objects[section];
    if (!looked) return of(section);
    return of(section).filter((id) => id === ui.current || looked.objects.includes(objectOf(replica, id)));
  }
  return { of, seen, ids: () => SECTIONS.flatMap(seen), all: () => SECTIONS.flatMap(of) };
}
