// The wire leaves out what a change replaced; the browser knows it from its own confirmed value.
import type { Change, DocumentValue } from './document';

/** The changes with the record that each replaced. To be asked before `value.advance`. */
export function withPast<R>(value: DocumentValue<R>, changes: readonly Change<R>[]): readonly Change<R>[] {
  return changes.map((change) => {
    if (change.type === 'remove') return change;
    const was = value.confirmed(change.record);
    return was ? { ...change, was } : change;
  });
}
