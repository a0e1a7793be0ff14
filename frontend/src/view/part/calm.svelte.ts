// What is derived from the whole board and may be a little late: counts, the curve. A busy room must not pay for it at every frame.
import { untrack } from 'svelte';

const EVERY = 200; // milliseconds

/** `make()` now, then again when `watch()` changed, at most five times a second. Call it while a component is made. */
export function calm<T>(watch: () => unknown, make: () => T): { readonly now: T } {
  let value: T = $state.raw(untrack(make));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Date.now();
  let first = true;
  $effect(() => {
    watch();
    if (first) {
      first = false;
      return;
    }
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        value = untrack(make);
      },
      Math.max(0, EVERY - (Date.now() - last)),
    );
  });
  $effect(() => () => clearTimeout(timer));
  return {
    get now() {
      return value;
    },
  };
}
