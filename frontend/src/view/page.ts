// What every live page does around its replica: what the server put in it, what the browser says of the line and of leaving.
import type { Hint } from '../wire/socket';

interface Living {
  start(): void;
  hint(hint: Hint): void;
  leave(): void;
}

export const inPage = <T>(): T => JSON.parse(document.getElementById('bootstrap')?.textContent ?? '{}') as T;

/** Connects, and keeps what is typed safe whenever the page may go. */
export function live(replica: Living): void {
  replica.start();
  addEventListener('online', () => replica.hint('online'));
  addEventListener('offline', () => replica.hint('offline'));
  addEventListener('pagehide', () => replica.leave());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') replica.hint('visible');
    else replica.leave();
  });
}

/** Reading `localStorage` itself may be refused. */
export function kept(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
