import { describe, expect, test } from 'vitest';
import { byWords, type Piece } from './diff';

const of = (pieces: readonly Piece[] | null, ...is: Piece['is'][]): string =>
  (pieces ?? [])
    .filter((piece) => is.includes(piece.is))
    .map((piece) => piece.text)
    .join('');

describe('word by word', () => {
  test('what stayed and what came is the text after, what stayed and what went the text before', () => {
    const before = "Rappeler toute demande de devis sous 4 h ouvrées, d'où qu'elle vienne.";
    const after = "Rappeler chaque demande de devis sous 1 jour ouvré, d'où qu'elle vienne.";
    const pieces = byWords(before, after);
    expect(of(pieces, 'same', 'new')).toBe(after);
    expect(of(pieces, 'same', 'gone')).toBe(before);
  });
  test('only the words that differ are told', () => {
    expect(byWords('Envoyer le devis au client.', 'Envoyer le devis signé au client.')).toEqual([
      { is: 'same', text: 'Envoyer le devis ' },
      { is: 'new', text: 'signé ' },
      { is: 'same', text: 'au client.' },
    ]);
  });
  test('what went is told before what came in its place', () => {
    const pieces = byWords('un délai de 4 heures pour tous', 'un délai de 6 jours pour tous') ?? [];
    expect(pieces.map((piece) => piece.is)).toEqual(['same', 'gone', 'new', 'same']);
    expect(pieces[1]?.text.trim()).toBe('4 heures');
  });
  test('two texts with little in common are not read as one', () => {
    expect(byWords('cas concernés ÷ total des cas', 'Nombre de demandes rappelées le jour même')).toBeNull();
    expect(byWords('', 'Tout est nouveau')).toBeNull();
  });
  test('very long texts are left side by side', () => {
    const long = 'mot '.repeat(4_000);
    expect(byWords(long, `${long}fin`)).toBeNull();
  });
});
