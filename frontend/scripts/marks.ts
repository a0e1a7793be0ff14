// The marks of a note on the wall (its kind, its mood) as pictures that a style sheet draws: `import 'virtual:note-marks.css'`.
// A large board has thousands of them, and a picture costs the page no element. Made of the icons and of the kinds' colours.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const NAME = 'virtual:note-marks.css';
const ICONS = fileURLToPath(new URL('../src/theme/icons.svg', import.meta.url));
const TOKENS = fileURLToPath(new URL('../src/theme/tokens.css', import.meta.url));
const MOODS = ['m2', 'm1', '0', 'p1', 'p2'];
/** Drawn at 13 px, of a grid of 24: a little bolder than the icons elsewhere. */
const STROKE = { kind: 2, mood: 2.25 };

export function noteMarks(): Plugin {
  return {
    name: 'note-marks',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return;
      this.addWatchFile(ICONS);
      this.addWatchFile(TOKENS);
      return marks(readFileSync(ICONS, 'utf8'), readFileSync(TOKENS, 'utf8'));
    },
  };
}

/** For each kind `--mark-kind`, and with each mood (`mood-m2` to `mood-p2`) `--mark-mood`. */
export function marks(icons: string, tokens: string): string {
  const paths = new Map(
    [...icons.matchAll(/<symbol id="i-([^"]+)"[^>]*>(.*?)<\/symbol>/gs)].map(([, id, drawn]) => [id, drawn]),
  );
  const colours = new Map<string, string>();
  for (const [, kind, colour] of tokens.matchAll(/--([a-z]+)-deep:\s*(#[0-9a-f]+);/g))
    if (kind && colour && !colours.has(kind)) colours.set(kind, colour);
  const picture = (icon: string, colour: string, stroke: number): string => {
    const drawn = paths.get(icon);
    if (drawn === undefined) throw new Error(`icons.svg has no ${icon}`);
    return `url("data:image/svg+xml,${encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" color="${colour}" fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-linecap="round" stroke-linejoin="round">${drawn}</svg>`,
    )}")`;
  };
  const rules = [...colours].flatMap(([kind, colour]) => [
    `.k-${kind}{--mark-kind:${picture(kind, colour, STROKE.kind)}}`,
    ...MOODS.map(
      (mood) => `.k-${kind}.mood-${mood}{--mark-mood:${picture(`mood-${mood}`, colour, STROKE.mood)}}`,
    ),
  ]);
  const own = ['--mark-kind', '--mark-mood'].map((name) => `@property ${name}{syntax:"*";inherits:false}`);
  return [...own, ...rules].join('\n');
}
