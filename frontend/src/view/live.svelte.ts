// What the screen says aloud and in passing: refusals, words that lost their note, and what the others do, at most every 10 s.
import { enumerate, t, type Key } from '../i18n';
import { offerAgain } from './part/orphans';
import type { Code } from '../wire/types.gen';
import type { BoardContext } from './context';

const EVERY = 10_000;

export function listen({ replica, ui }: BoardContext): () => void {
  const stops = [
    replica.on('refused', ({ code, detail }) => {
      ui.toast({ text: why(code, detail), tone: 'warn' });
      ui.say(why(code, detail));
    }),
    replica.on('text-lost', ({ noteId, text }) => {
      if (ui.writing?.id === noteId || ui.rescued.has(noteId)) return;
      const gone = replica.note(noteId);
      ui.offer(text, { stage: gone?.stage ?? null, channel: gone?.channel ?? null, before: null });
    }),
    replica.on('orphans', ({ edits }) =>
      offerAgain(replica, ui, edits, (edit) =>
        'text' in edit ? edit.text : edit.type === 'add_notes' ? (edit.notes[0]?.text ?? '') : '',
      ),
    ),
    summarise({ replica, ui }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function why(code: Code, detail: Readonly<Record<string, string | number>>): string {
  const say = t as (key: Key, params: Readonly<Record<string, string | number>>) => string;
  return say(`error.${code}` as Key, detail);
}

/** One polite sentence about the others' work, when there was some. */
function summarise({ replica, ui }: Pick<BoardContext, 'replica' | 'ui'>): () => void {
  const busy = new Set<string>();
  const stop = $effect.root(() => {
    $effect(() => {
      for (const seen of replica.presence)
        if (seen.doing === 'writing' || seen.doing === 'moving') busy.add(seen.person);
    });
  });
  const timer = setInterval(() => {
    const names = [...busy].flatMap((id) => replica.person(id)?.name ?? []);
    busy.clear();
    if (names.length > 0)
      ui.say(t('board.said.others', { names: enumerate(names.slice(0, 4)), n: names.length }));
  }, EVERY);
  return () => {
    clearInterval(timer);
    stop();
  };
}
