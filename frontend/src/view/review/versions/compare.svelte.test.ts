// A comparison as it is read: what changed, and what on the wall explains it.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { t } from '../../../i18n';
import { line } from '../../../model/testing/desk';
import type { Cause, Compared, SectionComparison } from '../../../wire/types.gen';
import Compare from './Compare.svelte';
import { drafted, prepare, serve, version } from './testing';

beforeEach(() => {
  prepare();
  history.replaceState(null, '', '#tab=compare');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '#');
});

const WF = { id: 'workflows.a', code: 'WF-01', label: 'Rappeler le client' };
const CAUSE: Cause = {
  board: 'b1',
  subject: 'note',
  id: 'n42',
  number: 42,
  what: 'text',
  before: 'On me rappelle trop tard, et jamais la même personne',
  after: 'On me rappelle trop tard, et toujours la même personne',
  author: 'Camille',
  at: Date.now(),
  seq: 3,
};
function compared(sections: SectionComparison[] = [], causes: Cause[] = []): Compared {
  return {
    before: 1,
    after: null,
    comparison: { before: [], after: [], sections },
    causes: [{ section: 'workflows', id: WF.id, causes }],
  };
}
function opened(answer: Compared | 'lost', numbers = [1], frozen = false) {
  const versions = [200, { versions: numbers.map((number) => version(number)) }] as const;
  const any = answer === 'lost' ? answer : ([200, answer] as const);
  const heard = serve({
    'GET versions': versions,
    'GET compare?before=1&after=draft': any,
    'GET compare?before=2&after=draft': any,
    'GET compare?before=1&after=2': any,
  });
  const made = drafted('facilitator', [{ type: 'draft', number: frozen ? 2 : 3, frozen }, line('a')]);
  const go = vi.fn();
  render(Compare, { draft: made.draft, bootstrap: made.bootstrap, go });
  return { ...made, heard, go };
}
const text = (of: Element | null): string => (of?.textContent ?? '').replace(/[ \n\t]+/g, ' ').trim();

test('with no version there is nothing to compare, and it is said how to have one', async () => {
  opened(compared(), []);
  await waitFor(() => expect(text(document.body)).toContain(t('review.version.compare.none')));
  expect(screen.queryByRole('combobox')).toBeNull();
});

test('two states that say the same are said to', async () => {
  opened(compared());
  await screen.findByText(t('review.version.compare.identical'));
});

test('the last version is compared with the draft, unless the address says otherwise', async () => {
  const { heard } = opened(compared(), [2, 1]);
  await screen.findByText(t('review.version.compare.identical'));
  expect(heard.some((one) => one.path === 'compare?before=2&after=draft')).toBe(true);
  await waitFor(() => expect(location.hash).toBe('#tab=compare&before=2&after=draft'));
  cleanup();
  history.replaceState(null, '', '#tab=compare&before=1&after=draft');
  expect(opened(compared(), [2, 1]).heard.some((one) => one.path === 'compare?before=1&after=draft')).toBe(
    true,
  );
});

test('of a frozen draft, the version that it became is compared with the one before', async () => {
  const { heard } = opened(compared(), [2, 1], true);
  await screen.findByText(t('review.version.compare.identical'));
  expect(heard.some((one) => one.path === 'compare?before=1&after=2')).toBe(true);
});

test('a changed line shows each attribute before and after, its state, and the note that explains it', async () => {
  const section: SectionComparison = {
    name: 'workflows',
    changed: [{ line: WF, attributes: [{ name: 'team', before: 'SAV', after: 'Ventes' }] }],
    standing: [{ line: WF, before: 'to_confirm', after: 'validated', settled: ['delay'] }],
  };
  opened(compared([section], [CAUSE]));
  await screen.findByText('WF-01');
  const article = document.querySelector('article');
  expect(text(article?.querySelector('dl') ?? null)).toContain(t('spec.attr.team'));
  expect(text(article?.querySelector('dl del') ?? null)).toBe('SAV');
  expect(text(article?.querySelector('dl ins') ?? null)).toBe('Ventes');
  const state = { before: t('spec.state.to_confirm'), after: t('spec.state.validated') };
  expect(text(article)).toContain(t('review.version.state', state));
  expect(text(article)).toContain(t('review.version.settled', { names: t('spec.attr.delay') }));
  const link = screen.getByRole('link', { name: t('note.number', { number: '42' }) });
  expect(link.getAttribute('href')).toBe('/b/b1#note=n42');
  expect(text(article)).toContain(t('review.version.cause.note_text', { by: 'Camille' }));
  const why = article?.querySelector('.vs-why');
  expect([text(why?.querySelector('del') ?? null), text(why?.querySelector('ins') ?? null)]).toEqual([
    'jamais',
    'toujours',
  ]);
});

test('a line that went with no cause on the wall says who set it aside, and why', async () => {
  const aside = { ...WF, section: 'workflows', why: 'Personne ne le suit.', by: 'Camille' };
  opened(compared([{ name: 'workflows', removed: [{ ...WF, aside }] }]));
  await screen.findByText('Personne ne le suit.');
  expect(text(document.querySelector('.vs-why'))).toContain(
    t('review.version.rejected', { name: 'Camille' }),
  );
  expect(text(document.querySelector('h3 del'))).toBe('Rappeler le client');
});

test('a decision of the review since the version is told with its author', async () => {
  const { desk } = opened(
    compared([{ name: 'workflows', standing: [{ line: WF, before: 'proposed', after: 'validated' }] }]),
  );
  const was = desk.server.value.line('a');
  if (!was) throw new Error('no line');
  const record = { ...was, verdict: 'accepted' as const, by: 'Camille', at: Date.UTC(2026, 9, 14) };
  desk.server.record([{ type: 'put', record }], 'Camille');
  desk.settle();
  await waitFor(() =>
    expect(text(document.querySelector('.vs-why'))).toContain(
      t('review.version.decided', { name: 'Camille' }),
    ),
  );
});

test('what happened to one note is told under its number, once', async () => {
  const moved: Cause = {
    ...CAUSE,
    what: 'moved',
    before: { stage: '', channel: '' },
    after: { stage: 'Évaluation', channel: '' },
  };
  const linked: Cause = {
    ...CAUSE,
    subject: 'link',
    id: 'l1',
    number: null,
    what: 'linked',
    before: null,
    after: { kind: 'resolves', source: 'n50', target: 'n42', source_number: 50, target_number: 42 },
  };
  opened(compared([{ name: 'workflows', added: [WF] }], [CAUSE, moved, linked]));
  await screen.findByText('WF-01');
  expect(screen.getAllByRole('link', { name: t('note.number', { number: '42' }) })).toHaveLength(1);
  expect(text(document.querySelector('.vs-why'))).toContain(t('board.parking'));
  expect(screen.getByRole('link', { name: 'n° 50 répond à n° 42' }).getAttribute('href')).toBe(
    '/b/b1#note=n50',
  );
});

test('a draft that moved since is compared again when one asks', async () => {
  const { desk, draft, heard } = opened(compared());
  await screen.findByText(t('review.version.compare.identical'));
  const before = heard.length;
  draft.edit({ type: 'accept_lines', lines: ['a'] });
  desk.settle();
  await fireEvent.click(await screen.findByRole('button', { name: t('review.version.refresh') }));
  await waitFor(() =>
    expect(heard.slice(before).some((one) => one.path === 'compare?before=1&after=draft')).toBe(true),
  );
  await waitFor(() => expect(screen.queryByText(t('review.version.stale'))).toBeNull());
});

test('a comparison that cannot be made says why, and is tried again', async () => {
  const { heard } = opened('lost');
  const alert = await screen.findByRole('alert');
  expect(text(alert)).toContain(t('review.version.fail.compare'));
  await fireEvent.click(screen.getByRole('button', { name: t('error.again') }));
  await waitFor(() => expect(heard.filter((one) => one.path.startsWith('compare'))).toHaveLength(2));
});
