// The phone's own « back » (gesture or button) closes what lies over the cell, where the browser offers that.

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}

/** Returns what stops listening. */
export function onBack(close: () => void): () => void {
  const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher };
  if (!CloseWatcher) return () => {};
  const watcher = new CloseWatcher();
  watcher.onclose = close;
  return () => watcher.destroy();
}
