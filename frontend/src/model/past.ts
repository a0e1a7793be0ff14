// The wire leaves out what a change replaced; the browser knows it from its own confirmed value.
import { keyOf } from './value';
import type { Change, Value } from './value';

/** The changes with the record that each replaced. To be asked before `value.advance`. */
export function withPast(value: Value, changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => {
    if (change.type === 'remove') return change;
    const was = value.confirmedByKey(keyOf(change.record));
    return was ? { ...change, was } : change;
  });
}
