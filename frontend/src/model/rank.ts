// Fractional keys, the twin of the server's domain/rank.py: strings whose order as text is the order on screen.
// Both are held to tests/vectors/rank.json.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const HEAD = 4;
const FIRST = 'V000';

/** A key strictly after `low` and strictly before `high`; null is the start or the end. */
export function between(low: string | null, high: string | null): string {
  if (low === null) return high === null ? FIRST : step(high, -1);
  return high === null ? step(low, 1) : middle(low, high);
}

/** `count` keys in order, all strictly between `low` and `high`. */
export function spread(low: string | null, high: string | null, count: number): string[] {
  const keys: string[] = [];
  for (let i = 0; i < count; i++) {
    low = between(low, high);
    keys.push(low);
  }
  return keys;
}

function digit(key: string, index: number): number {
  const value = DIGITS.indexOf(key.charAt(index) || '0');
  if (value < 0) throw new RangeError(`not a rank: ${key}`);
  return value;
}

function step(key: string, by: 1 | -1): string {
  let value = 0;
  for (let i = 0; i < HEAD; i++) value = value * BASE + digit(key, i);
  value += by;
  if (value <= 0 || value >= BASE ** HEAD) return by > 0 ? middle(key, null) : middle('', key);
  let head = '';
  for (let i = 0; i < HEAD; i++) {
    head = DIGITS.charAt(value % BASE) + head;
    value = Math.floor(value / BASE);
  }
  return head;
}

/** The shortest string strictly between two; "" is zero and null is one. */
function middle(low: string, high: string | null): string {
  let prefix = '';
  for (let index = 0; ; index++) {
    const below = index < low.length ? digit(low, index) : 0;
    if (high !== null && index >= high.length) throw new RangeError('no key lies between these two');
    const above = high === null ? BASE : digit(high, index);
    if (above - below > 1) return prefix + DIGITS.charAt((below + above) >> 1);
    prefix += DIGITS.charAt(below);
    if (above - below === 1) high = null; // already below `high`; from here on only above `low`
  }
}
