// A due date is the words somebody said, and the exact day when one is among them.
import type { Due } from '../../wire/types.gen';

const MONTHS = [
  ['janv', 'jan'],
  ['févr', 'fevr', 'feb'],
  ['mars', 'mar'],
  ['avr', 'apr'],
  ['mai', 'may'],
  ['juin', 'jun'],
  ['juil', 'jul'],
  ['août', 'aout', 'aug'],
  ['sept', 'sep'],
  ['oct'],
  ['nov'],
  ['déc', 'dec'],
];

/** `2027-03-31` from « 31/03/2027 », « 31 mars 2027 » or « 2027-03-31 »; null when no exact day was written. */
export function dayIn(words: string): string | null {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(words);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b/.exec(words);
  if (slashed) return day(year(slashed[3]), Number(slashed[2]), Number(slashed[1]));
  const named = /\b(\d{1,2})(?:er)?\s+(\p{L}+)\.?\s+(\d{4})\b/u.exec(words);
  if (!named) return null;
  const name = (named[2] ?? '').toLowerCase();
  const month = MONTHS.findIndex((starts) => starts.some((start) => name.startsWith(start)));
  return month < 0 ? null : day(Number(named[3]), month + 1, Number(named[1]));
}

/** The due date that these words and this picked day make; null when there is neither. */
export function dueFrom(words: string, picked: string, before: Due | null): Due | null {
  const text = words.trim();
  const written = dayIn(text);
  if (text === '' && picked === '') return null;
  if (text === '') return { text: spelled(picked), day: picked };
  // A day picked before goes with the words it was picked for.
  const exact =
    written ?? (picked !== '' && (before?.text === text || before?.day !== picked) ? picked : null);
  return exact ? { text, day: exact } : { text };
}

const year = (digits: string | undefined): number => {
  const value = Number(digits);
  return value < 100 ? 2000 + value : value;
};

function day(y: number, m: number, d: number): string | null {
  const at = new Date(Date.UTC(y, m - 1, d));
  if (at.getUTCFullYear() !== y || at.getUTCMonth() !== m - 1 || at.getUTCDate() !== d) return null;
  return at.toISOString().slice(0, 10);
}

function spelled(iso: string): string {
  const [y, m, d] = iso.split('-');
  return `${d}/${m}/${y}`;
}
