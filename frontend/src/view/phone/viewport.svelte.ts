// What is left of the screen above the keyboard. A phone does not resize the page for it: it only says what can be seen.

export class Seen {
  height: number = $state(0);
  top: number = $state(0);
  /** Little is left: what is not needed to write gives way. */
  tight: boolean = $derived(this.height > 0 && this.height < 470);

  /** Follows the visible part of the page. Returns what stops it. */
  watch(): () => void {
    const seen = globalThis.visualViewport;
    if (!seen) {
      const all = () => (this.height = innerHeight);
      all();
      addEventListener('resize', all);
      return () => removeEventListener('resize', all);
    }
    const read = () => {
      // A page enlarged by two fingers is no keyboard.
      const enlarged = seen.scale > 1.01;
      this.height = Math.round(enlarged ? innerHeight : seen.height);
      this.top = enlarged ? 0 : Math.round(seen.offsetTop);
    };
    read();
    seen.addEventListener('resize', read);
    seen.addEventListener('scroll', read);
    return () => {
      seen.removeEventListener('resize', read);
      seen.removeEventListener('scroll', read);
    };
  }
}
