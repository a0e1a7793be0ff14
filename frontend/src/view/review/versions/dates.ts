// Days as people say them, and as fields hold them.
import { language, moment } from '../../../i18n';

/** « 12 octobre 2026 » */
export const longDay = (at: number): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(new Date(at));

/** « 12 octobre 2026 » from `2026-10-12`; the words as they stand when they are no day. */
export function saidDay(day: string): string {
  const at = new Date(`${day}T12:00:00`);
  return Number.isNaN(at.getTime()) ? day : longDay(at.getTime());
}

/** `2026-10-12`, here and now. */
export function today(now = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** « 09:42 » today, « 6 oct., 09:42 » this year, « 6 oct. 2025 » before. */
export function when(at: number, now = Date.now()): string {
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return moment(at, now);
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(at));
}
