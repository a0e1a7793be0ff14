import { expect, test } from 'vitest';
import type { Compared, ComparedLine } from '../../../wire/types.gen';
import { changesOf, countOf } from './comparison';

const line = (id: string): ComparedLine => ({ id, code: 'WF-01', label: id });

test('a line is told once, by what tells the most of it, with all that became of it', () => {
  const [section] = changesOf({
    comparison: {
      before: [],
      after: [],
      sections: [
        {
          name: 'workflows',
          added: [line('a')],
          changed: [{ line: line('b'), attributes: [{ name: 'owner', before: '', after: 'Inès' }] }],
          standing: [
            { line: line('b'), before: 'proposed', after: 'validated' },
            { line: line('c'), before: 'proposed', after: 'validated' },
          ],
          moved: [
            { line: line('c'), before: 3, after: 1 },
            { line: line('d'), before: 1, after: 3 },
          ],
          cited: [
            { line: line('d'), added: [{ board: 'x', note: 'n' }] },
            { line: line('e'), removed: [{ board: 'x', note: 'n' }] },
          ],
        },
      ],
    },
    causes: [],
  } satisfies Pick<Compared, 'comparison' | 'causes'>);
  const ids = (way: 'added' | 'changed' | 'removed' | 'standing' | 'other') =>
    section?.lines[way].map((one) => one.line.id);
  expect([ids('added'), ids('changed'), ids('removed')]).toEqual([['a'], ['b'], []]);
  expect([ids('standing'), ids('other')]).toEqual([['c'], ['d', 'e']]);
  expect(section?.lines.changed[0]?.standing?.after).toBe('validated');
  expect(section?.lines.standing[0]?.moved?.after).toBe(1);
  expect(section?.lines.other[0]?.cited?.added?.length).toBe(1);
});

test('causes belong to a line of a section: the same id elsewhere has its own', () => {
  const cause = {
    board: 'x',
    subject: 'note' as const,
    id: 'n',
    what: 'text' as const,
    author: 'p',
    at: 1,
    seq: 1,
  };
  const sections = changesOf({
    comparison: {
      before: [],
      after: [],
      sections: [
        { name: 'sla', added: [line('same')] },
        { name: 'kpis', added: [line('same')] },
      ],
    },
    causes: [{ section: 'kpis', id: 'same', causes: [cause] }],
  });
  expect(sections.map((one) => one.lines.added[0]?.causes.length)).toEqual([0, 1]);
  expect(countOf(sections, 'added')).toBe(2);
  expect(countOf(sections, 'removed')).toBe(0);
});
