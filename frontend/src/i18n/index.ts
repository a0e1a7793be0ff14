// The words people read, typed: `t('note.votes', { n: 7 })`. One language a page, chosen by the reader.
import type { Messages } from '../wire/messages.gen';

type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Entry>;
export type Lang = 'fr' | 'en';
type Args<K extends keyof Messages> = keyof Messages[K] extends never ? [] : [Messages[K]];
export type Key = keyof Messages;
/** Keys whose sentence takes no parameter. */
export type PlainKey = { [K in Key]: keyof Messages[K] extends never ? K : never }[Key];

let catalogue: Catalogue = {};
let lang: Lang = 'fr';
let plural = new Intl.PluralRules('fr');
let figures = new Intl.NumberFormat('fr');

/** Where a page finds its words; each entry names its own, so that it loads no others (scripts/words.ts). */
export type Words = Record<Lang, () => Promise<{ default: Catalogue }>>;

/** To be awaited once, before anything is drawn. */
export async function speak(wanted: string, words: Words): Promise<void> {
  const next: Lang = wanted === 'en' ? 'en' : 'fr';
  setCatalogue(next, (await words[next]()).default);
}

export function setCatalogue(next: Lang, entries: Catalogue): void {
  lang = next;
  catalogue = entries;
  plural = new Intl.PluralRules(next);
  figures = new Intl.NumberFormat(next);
}

export function t<K extends Key>(key: K, ...[params]: Args<K>): string {
  const entry = catalogue[key] ?? key;
  const values = (params ?? {}) as Record<string, string | number>;
  const sentence =
    typeof entry === 'string' ? entry : (entry[plural.select(Number(values.n))] ?? entry.other ?? key);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? figures.format(value) : String(value ?? '');
  });
}

export const language = (): Lang => lang;

const decimalsOf = new Map<string, Intl.NumberFormat>();
/** Formats are slow to make and made for every note. */
function decimals(digits: number): Intl.NumberFormat {
  const key = `${lang}${digits}`;
  let format = decimalsOf.get(key);
  if (!format) {
    format = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    decimalsOf.set(key, format);
  }
  return format;
}

/** « +1 », « 0 », « −2 », with a real minus sign. */
export function signed(value: number, digits = 0): string {
  const text = decimals(digits).format(Math.abs(value));
  const zero = Number(value.toFixed(digits)) === 0;
  return zero ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** « 15 janv. 27 » from `2027-01-15`; the words as they stand when they are no day. */
export function shortDay(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat(lang, {
    day: 'numeric',
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  }).format(at);
}

/** « 09:42 » today, « 6 oct., 09:42 » before. */
export function moment(at: number, now: number): string {
  const then = new Date(at);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  const today = then.toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(lang, today ? time : { day: 'numeric', month: 'short', ...time }).format(
    then,
  );
}

/** A list said aloud: « Julie, Karim et Inès ». */
export function enumerate(parts: string[]): string {
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(parts);
}
