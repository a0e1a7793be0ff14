import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess({ style: false }),
  // Styles are files: the pages' Content-Security-Policy refuses what scripts would inject.
  compilerOptions: { css: 'external', runes: true },
};
