// What somebody enters for an attribute, as the server is guessed to keep it. What a delay's words say, only the server reads.
import type { Code } from '../../wire/types.gen';
import { LIMITS } from '../limits';
import { length } from '../records';
import type { Json, Values } from './records';

/** The attributes typed as one says a delay or a threshold; held to the server's table by tests/vectors/draft.json. */
export const MEASURES: readonly string[] = ['delay', 'max_delay', 'retention', 'target'];

export function entered(name: string, value: Json): Json {
  if (!MEASURES.includes(name)) return value;
  const words = isRecord(value) ? value['words'] : value;
  return typeof words === 'string' && words.trim() !== '' ? { words: words.trim() } : null;
}

/** Why the server will not take these values, as far as can be told here. */
export function refusedValues(set: Values): Code | undefined {
  if ('label' in set && (set['label'] ?? '') === '') return 'bad_value';
  return Object.values(set)
    .map(refusedValue)
    .find((code) => code !== undefined);
}

/** A text or a list over its limit, however deep. */
function refusedValue(value: Json): Code | undefined {
  if (typeof value === 'string') return length(value) > LIMITS.SHEET_TEXT ? 'too_long' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = Object.values(value);
  if (parts.length > LIMITS.LINE_PARTS) return 'limit_reached';
  return parts.map(refusedValue).find((code) => code !== undefined);
}

function isRecord(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
