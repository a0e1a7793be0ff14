// Tells listeners of named events. A listener that fails does not silence the others.

export class Emitter<E> {
  #listeners = new Map<keyof E, Set<(detail: never) => void>>();

  on<K extends keyof E>(event: K, listener: (detail: E[K]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit<K extends keyof E>(event: K, detail: E[K]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as (detail: E[K]) => void)(detail);
      } catch (problem) {
        console.error(problem);
      }
    }
  }
}
