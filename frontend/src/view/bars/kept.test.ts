import { beforeAll, expect, test } from 'vitest';
import fr from '../../../../backend/charniere/locales/fr.json';
import { setCatalogue } from '../../i18n';
import { keptSentence } from './kept';

beforeAll(() => setCatalogue('fr', fr));

test('what waits is said to be kept, unless the window keeps nothing', () => {
  expect(keptSentence({ volatile: false, pending: 2 })).toContain('2');
  expect(keptSentence({ volatile: false, pending: 0 })).not.toBe('');
  expect(keptSentence({ volatile: true, pending: 2 })).toContain('Gardez cet onglet ouvert');
});
