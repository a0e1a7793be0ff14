// What a screen shows, as records by name, to be compared with what the server has.
import { isGap } from '../predict_grid';
import { lean } from '../records';
import type { BoardRecord } from '../records';
import type { Replica } from '../replica.svelte';
import type { Value } from '../value';

/** What should be shown of this value: a cell declared empty is not, while notes lie in it. */
export function shown(value: Value): Record<string, unknown> {
  return listed(
    value.records().filter((record) => record.type !== 'gap' || isGap(value, record.stage, record.channel)),
  );
}

function listed(records: readonly BoardRecord[]): Record<string, unknown> {
  return Object.fromEntries(
    records.map((record) => [`${record.type}:${record.id ?? 'board'}`, lean(record)]),
  );
}

/** What one browser shows, put back into records. */
export function shownBy(replica: Replica): Record<string, unknown> {
  const { info, stages, channels, links } = replica;
  const notes = replica.notes().map((each) => ({ ...each.record, imported: {} }));
  const gaps = stages.flatMap(({ id: stage }) =>
    channels.flatMap(({ id: channel }) =>
      replica.gap(stage, channel) ? [{ type: 'gap', id: `${stage}_${channel}`, stage, channel }] : [],
    ),
  );
  return listed([info, ...stages, ...channels, ...notes, ...links, ...gaps] as BoardRecord[]);
}
