import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { pageWords } from './scripts/words.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Every file of src/entries is a page's script; the server finds it in the manifest by its path.
const entries = readdirSync(here('src/entries'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => here(`src/entries/${name}`));

export default defineConfig({
  logLevel: 'warn',
  base: '/static/app/',
  plugins: [pageWords(), svelte(), svelteTesting()],
  build: {
    outDir: here('../backend/charniere/static/app'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // A data: URL in a style sheet would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // How long each plug-in took is nobody's news at a first start.
    rolldownOptions: { input: entries, checks: { pluginTimings: false } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'src/**/*.svelte.test.ts'],
    testTimeout: 10_000,
    passWithNoTests: false,
  },
});
