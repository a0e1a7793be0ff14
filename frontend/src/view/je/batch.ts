// How many texts are told, asked of the server in batches that fit.
import type { Lang, Told } from '../../model/phrasing';

const MOST = 500; // texts in a batch
const BYTES = 48_000;
const TEXT = 2_000; // beyond this much of a text nothing is proposed, and its beginning is judged

/** Tells `each` of every text. Rejects when the server cannot be reached or refuses. */
export async function askMany(
  texts: readonly string[],
  lang: Lang,
  each: (text: string, told: Told) => void,
): Promise<void> {
  for (const batch of batches(texts)) {
    const answer = await fetch('/api/phrasing', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phrases: batch.map((text) => text.slice(0, 2 * TEXT).toWellFormed()), lang }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { answers } = (await answer.json()) as { answers: readonly Told[] };
    for (const [index, text] of batch.entries()) {
      const told = answers[index];
      if (told) each(text, told);
    }
  }
}

export function batches(texts: readonly string[]): string[][] {
  const all: string[][] = [];
  let bytes = Infinity;
  for (const text of texts) {
    const more = new TextEncoder().encode(JSON.stringify(text.slice(0, 2 * TEXT))).length + 1;
    const last = all.at(-1);
    if (!last || last.length >= MOST || bytes + more > BYTES) {
      all.push([text]);
      bytes = more;
    } else {
      last.push(text);
      bytes += more;
    }
  }
  return all;
}
