// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modulesOf, wordsOf } from '../../scripts/words';

const catalogue = JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Record<
  string,
  unknown
>;
const pages = ['board', 'review'].map((page) => ({ page, modules: modulesOf(page) }));

/** Every `t('…')` and every key kept in a table of the page's modules. */
function asked(modules: readonly string[]): string[] {
  const literals = modules.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/['"`]([a-z_.0-9]+)['"`]/g),
  ]);
  return literals.map(([, key]) => key ?? '').filter((key) => key in catalogue);
}

test.each(pages)('the $page page has every word that its modules name', ({ modules }) => {
  const said = wordsOf(modules, catalogue);
  expect(modules.length).toBeGreaterThan(50);
  expect(asked(modules).filter((key) => !(key in said))).toEqual([]);
});

test.each(pages)(
  'the $page page leaves the words of the server and of the command line out',
  ({ modules }) => {
    const said = wordsOf(modules, catalogue);
    expect(
      Object.keys(said).filter((key) =>
        /^(start|import|export|home|privacy|join|arguments|schema)\./.test(key),
      ),
    ).toEqual([]);
    expect(Object.keys(said).length).toBeLessThan(Object.keys(catalogue).length * 0.7);
  },
);

test('the board does without the words of the review', () => {
  const said = wordsOf(modulesOf('board'), catalogue);
  expect(Object.keys(said).filter((key) => key.startsWith('review.'))).toEqual([]);
});

test('a beginning brings all that begins so', () => {
  const said = wordsOf(modulesOf('board'), catalogue);
  for (const beginning of ['kind.', 'error.', 'spec.section.', 'je.reason.']) {
    const all = Object.keys(catalogue).filter((key) => key.startsWith(beginning));
    expect(all.filter((key) => !(key in said))).toEqual([]);
  }
});
