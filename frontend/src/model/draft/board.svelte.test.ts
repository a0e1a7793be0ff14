import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { GRID, note } from '../testing/world';
import { BoardBeside } from './board.svelte';

test('notes, stages and channels are read as the board had them', () => {
  const board = new BoardBeside(
    [
      ...GRID,
      note('n2', { rank: 'W' }),
      note('n1', { rank: 'V', text: 'délai' }),
      note('n3', { removed_at: 1 }),
    ],
    7,
  );
  expect([board.seq, board.info.title, board.info.lang]).toEqual([7, 'Parcours', 'fr']);
  expect(board.stages.map(({ name }) => name)).toEqual(['Découverte', 'Achat']);
  expect(board.cell('A', 'X').map(({ id }) => id)).toEqual(['n1', 'n2']);
  expect([board.note('n1')?.text, board.note('n1')?.kind, board.note('none')]).toEqual([
    'délai',
    null,
    undefined,
  ]);
  expect([board.stage('B')?.name, board.channel('Y')?.name, board.stage(null)]).toEqual([
    'Achat',
    'Téléphone',
    undefined,
  ]);
  expect(board.notes).toHaveLength(3);
});

test('who looks at it is told when it is read again', () => {
  const board = new BoardBeside([...GRID, note('n1', { text: 'délai' })], 1);
  const seen: (string | undefined)[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(`${board.seq} ${board.note('n1')?.text}`));
  });
  flushSync();
  board.take([...GRID, note('n1', { text: 'délai long' })], 2);
  flushSync();
  expect(seen).toEqual(['1 délai', '2 délai long']);
  stop();
});
