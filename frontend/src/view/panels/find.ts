// Looking through the notes: which ones a filter keeps, in reading order, and which of their letters were found. Pure.
import { fold, matches, type Filter, type Filtered } from '../filter';

export interface Looked extends Filtered {
  readonly id: string;
  readonly stage: string | null;
  readonly channel: string | null;
}

/** Ids in the order they are read: stage by stage, channel by channel, top to bottom; those to be placed last. */
export function reading(
  stages: readonly { readonly id: string }[],
  channels: readonly { readonly id: string }[],
  cell: (stage: string, channel: string) => readonly string[],
  parked: readonly string[],
): string[] {
  return [...stages.flatMap((stage) => channels.flatMap((channel) => cell(stage.id, channel.id))), ...parked];
}

export function find<N extends Looked>(
  notes: readonly N[],
  filter: Filter,
  answered: (id: string) => boolean,
  teamOf: (author: string) => string,
): N[] {
  return notes.filter((note) =>
    matches(
      filter,
      note,
      () => answered(note.id),
      () => teamOf(note.author),
    ),
  );
}

export interface Part {
  readonly text: string;
  readonly found: boolean;
}

/** The text cut where the words looked for begin and end, accents and case aside. */
export function parts(text: string, wanted: string): Part[] {
  const words = fold(wanted).split(/\s+/).filter(Boolean);
  const found = marks(text, words);
  const cut: { text: string; found: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = cut.at(-1);
    if (last && last.found === found[i]) last.text += text[i] ?? '';
    else cut.push({ text: text[i] ?? '', found: found[i] ?? false });
  }
  return cut;
}

/** For each UTF-16 unit of the text: is it part of a word looked for? */
function marks(text: string, words: readonly string[]): boolean[] {
  const found = new Array<boolean>(text.length).fill(false);
  let folded = '';
  const from: number[] = []; // unit of `text` behind each unit of `folded`
  let at = 0;
  for (const char of text) {
    for (const one of fold(char)) for (let i = 0; i < one.length; i++) from.push(at);
    folded += fold(char);
    at += char.length;
  }
  for (const word of words) {
    for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + word.length)) {
      const end = from[i + word.length] ?? text.length;
      for (let unit = from[i] ?? 0; unit < end; unit++) found[unit] = true;
    }
  }
  return found;
}
