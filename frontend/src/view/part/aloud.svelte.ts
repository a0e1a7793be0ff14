// What a screen says in passing (toasts) and to screen readers. Every live page's state has it.

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Its action takes something back: it goes when that was taken back by other means. */
  readonly undoes?: true;
  readonly tone?: 'plain' | 'warn';
  /** Stays until it is closed. */
  readonly stays?: boolean;
}

export class Aloud {
  toasts: readonly Toast[] = $state.raw([]);
  /** What screen readers are told. */
  said = $state('');
  #toast = 0;

  toast(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#toast;
    this.toasts = [...this.toasts.slice(-2), { ...toast, id }];
    return id;
  }
  untoast(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
  /** Something was taken back: what still offered to says what may no longer be. */
  takenBack(): void {
    this.toasts = this.toasts.filter((toast) => !toast.undoes);
  }
  say(sentence: string): void {
    // The same sentence twice must be a change, or it is not spoken.
    this.said = this.said === sentence ? `${sentence}\u00a0` : sentence;
  }
}
