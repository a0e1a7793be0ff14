// What the screen says aloud and in passing: what the server refused, and what the others do, at most every ten seconds.
import { untrack } from 'svelte';
import { enumerate, t } from '../../i18n';
import { offerAgain } from '../part/orphans';
import type { ReviewContext } from './context';
import { refusal } from './words';

const EVERY = 10_000; // milliseconds

export function listen({ replica, ui }: ReviewContext): () => void {
  const stops = [
    replica.on('refused', ({ code, detail, edit }) => {
      const text = refusal(code, detail);
      ui.say(text);
      if (edit.type === 'set_line' && replica.line(edit.line)) {
        // Beside the field, with what was typed still in it.
        for (const [name, typed] of Object.entries(edit.set)) ui.refused(edit.line, name, { text, typed });
        if (ui.editing === edit.line) return;
      }
      ui.toast({ text, tone: 'warn' });
    }),
    replica.on('orphans', ({ edits }) =>
      offerAgain(replica, ui, edits, (edit) => ('text' in edit ? edit.text : '')),
    ),
    summarise({ replica, ui }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** When a line was last decided on. */
const newest = (replica: ReviewContext['replica']): number =>
  untrack(() => replica.all().reduce((last, { record }) => Math.max(last, record.at), 0));

/** One polite sentence about the others' work, when there was some. */
function summarise({ replica, ui }: Pick<ReviewContext, 'replica' | 'ui'>): () => void {
  let known = newest(replica);
  const busy = new Set<string>();
  const stop = $effect.root(() => {
    $effect(() => {
      void replica.painted;
      untrack(() => {
        for (const { record } of replica.all())
          if (record.at > known && record.by !== '' && record.by !== replica.me.id) busy.add(record.by);
        known = newest(replica);
      });
    });
  });
  const timer = setInterval(() => {
    const names = [...busy].flatMap((id) => replica.person(id)?.name ?? []);
    busy.clear();
    if (names.length > 0)
      ui.say(t('review.said.others', { names: enumerate(names.slice(0, 4)), n: names.length }));
  }, EVERY);
  return () => {
    clearInterval(timer);
    stop();
  };
}
