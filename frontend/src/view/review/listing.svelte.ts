// Which lines are on screen, in which order: by section, steps under their pipeline, what the filter leaves out left out.
import type { DraftReplica } from '../../model/draft/replica.svelte';
import { matches } from './filter';
import { SECTIONS, type Section } from './sections';
import type { ReviewUi } from './ui.svelte';

export interface Listing {
  /** The lines of one section, as far as the filter shows them. */
  of(section: Section): readonly string[];
  /** All of them, from the first section to the last. */
  ids(): readonly string[];
}

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
  return { of, ids: () => SECTIONS.flatMap(of) };
}
