// Builds the page of this folder, to measure it as it would be shipped: `npx vite build -c dev/vite.config.ts`.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [svelte({ configFile: here('../svelte.config.js') })],
  build: {
    outDir: process.env.OUT ?? here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    rolldownOptions: { input: here('./board.html') },
  },
});
