// A page loads the words it may say and no others: `import('…/locales/fr.json?page=board')` gives the sentences whose key, or the
// beginning of whose key, is written in a module that src/entries/board.ts reaches.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ENTRIES = fileURLToPath(new URL('../src/entries/', import.meta.url));
const ASKED = /\/locales\/[a-z]{2}\.json\?page=(\w+)$/;
const IMPORT = /(?:from|import)\s*\(?\s*['"](\.[^'"?]+)['"]/g;
// 'note.votes' or `kind.` before a `${`. A beginning without a point says nothing: many words are one.
const WRITTEN = /['"`]([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)*\.?)(?:['"`]|\$\{)/g;

export function pageWords(): Plugin {
  return {
    name: 'page-words',
    enforce: 'pre',
    transform(code, id) {
      const page = ASKED.exec(id)?.[1];
      if (page === undefined) return;
      const modules = modulesOf(page);
      for (const file of modules) this.addWatchFile(file);
      const said = wordsOf(modules, JSON.parse(code) as Record<string, unknown>);
      return { code: `export default ${JSON.stringify(said)};`, map: null, moduleType: 'js' };
    },
  };
}

/** The entries of a catalogue that these modules may ask for. */
export function wordsOf<Entry>(
  modules: readonly string[],
  catalogue: Record<string, Entry>,
): Record<string, Entry> {
  const written = new Set<string>();
  for (const file of modules)
    for (const [, word] of readFileSync(file, 'utf8').matchAll(WRITTEN))
      if (word?.includes('.')) written.add(word);
  return Object.fromEntries(
    Object.entries(catalogue).filter(([key]) => beginnings(key).some((one) => written.has(one))),
  );
}

/** Every module of ours that a page's script reaches, what is loaded later included. Generated types say nothing. */
export function modulesOf(page: string): string[] {
  const found = new Set<string>();
  const waiting = [`${ENTRIES}${page}.ts`];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !/(?<!\.gen)\.(ts|svelte)$/.test(file)) continue;
    found.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const base = resolve(dirname(file), path ?? '');
      const named = ['', '.ts', '.svelte', '/index.ts'].map((end) => base + end).find(isFile);
      if (named) waiting.push(named);
    }
  }
  return [...found];
}

/** `note.status.kept` is asked for whole, as `note.status.${…}`, or through 'note.status' (and `note.${…}`). */
function beginnings(key: string): string[] {
  const parts = key.split('.');
  const starts = parts.slice(0, -1).map((_, n) => parts.slice(0, n + 1).join('.'));
  return [key, ...starts.map((start) => `${start}.`), ...starts.filter((start) => start.includes('.'))];
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
