// What browser and server say, whatever kind of document it is about: R are its records, E its edits. The generated types name the
// board's where bytes of any kind travel.
import type * as gen from './types.gen';

export interface Put<R> {
  type: 'put';
  record: R;
  was?: R | null;
}
export interface Remove<R> {
  type: 'remove';
  was: R;
}
export type Change<R> = Put<R> | Remove<R>;

export type Revision<R> = Omit<gen.Revision, 'changes'> & { changes: Change<R>[] };
export type Revisions<R> = Omit<gen.Revisions, 'revisions'> & { revisions: Revision<R>[] };
export type Welcome<R> = Omit<gen.Welcome, 'snapshot'> & { snapshot?: R[] | null };
export type Down<R> = Exclude<gen.Down, gen.Welcome | gen.Revisions> | Welcome<R> | Revisions<R>;
export type Submit<E> = Omit<gen.Submit, 'edit'> & { edit: E };
export type Up<E> = Exclude<gen.Up, gen.Submit> | Submit<E>;
