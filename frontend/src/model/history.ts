// My own edits as units to take back and to make again: one edit, or one burst of typing. The server does the undoing.
import type { Change } from './document';

const UNITS = 200; // as far back as one can go

interface Unit {
  readonly burst: string | undefined;
  readonly edits: string[];
}

/** R: the records of the document. */
export class History<R> {
  #done: Unit[] = [];
  #undone: Unit[] = [];
  #changes = new Map<string, readonly Change<R>[]>();
  #void = new Set<string>();

  get canUndo(): boolean {
    return this.#done.length > 0;
  }
  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** A new edit of mine: what was undone before cannot be made again. */
  did(edit: string, burst: string | undefined): void {
    this.#undone = [];
    const last = this.#done.at(-1);
    if (burst !== undefined && last?.burst === burst) last.edits.push(edit);
    else this.#push(this.#done, { burst, edits: [edit] });
  }

  /** Takes back the last unit: `undo` makes the edit that undoes one and gives its id. */
  undo(undo: (edit: string) => string): void {
    this.#turn(this.#done, this.#undone, undo);
  }

  /** Makes the last undone unit again: the undo of its undos. */
  redo(undo: (edit: string) => string): void {
    this.#turn(this.#undone, this.#done, undo);
  }

  /** This edit changed nothing or was refused: there is nothing to take back. */
  forget(edit: string): void {
    if (this.#void.size >= UNITS) this.#void.clear();
    this.#void.add(edit);
    this.#changes.delete(edit);
    for (const units of [this.#done, this.#undone]) {
      for (const unit of units) {
        const index = unit.edits.indexOf(edit);
        if (index >= 0) unit.edits.splice(index, 1);
      }
    }
    this.#done = this.#done.filter((unit) => unit.edits.length > 0);
    this.#undone = this.#undone.filter((unit) => unit.edits.length > 0);
  }

  /** Did this edit do nothing? That its undo is refused surprises nobody. */
  isVoid(edit: string): boolean {
    return this.#void.has(edit);
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
    this.#changes.clear();
  }

  /** What an edit did, with the past of each record, to guess what its undo will do. */
  remember(edit: string, changes: readonly Change<R>[]): void {
    this.#changes.set(edit, changes);
    const oldest = this.#changes.keys().next();
    if (this.#changes.size > UNITS && !oldest.done) this.#changes.delete(oldest.value);
  }

  changes(edit: string): readonly Change<R>[] | undefined {
    return this.#changes.get(edit);
  }

  #turn(from: Unit[], to: Unit[], undo: (edit: string) => string): void {
    const unit = from.pop();
    if (!unit) return;
    // the last first; the units are turned again in the same way
    this.#push(to, { burst: undefined, edits: [...unit.edits].reverse().map(undo) });
  }

  #push(units: Unit[], unit: Unit): void {
    units.push(unit);
    if (units.length > UNITS) units.shift();
  }
}
