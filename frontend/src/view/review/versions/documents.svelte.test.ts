// Documents, versions, approvals and the logo, drawn in a page that lays nothing out.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { t } from '../../../i18n';
import { line } from '../../../model/testing/desk';
import { Makings } from '../../part/making.svelte';
import Documents from './Documents.svelte';
import { drafted, prepare, serve, version, type Asked } from './testing';

beforeEach(() => prepare());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const SIGNED = {
  id: 'ap1',
  name: 'Inès Caron',
  role: 'Responsable',
  team: 'SAV',
  day: '2026-10-13',
  person: 'Hugo',
  at: 1,
};
async function opened(answers: Parameters<typeof serve>[0], role = 'facilitator', frozen = false) {
  const heard = serve({ 'GET versions': [200, { versions: [] }], ...answers });
  const made = drafted(role, [{ type: 'draft', number: frozen ? 1 : 2, frozen }, line('a')]);
  const makings = new Makings(() => new Promise(() => {}));
  render(Documents, { draft: made.draft, bootstrap: made.bootstrap, makings });
  await waitFor(() => expect(screen.queryByText(t('review.version.loading'))).toBeNull());
  return { ...made, heard, makings };
}
const links = (): string[] =>
  [...document.querySelectorAll<HTMLAnchorElement>('.vs-files a')].map((a) => a.getAttribute('href') ?? '');
const sent = (heard: Asked[], method: string): Asked | undefined =>
  heard.find((one) => one.method === method);

describe('documents', () => {
  test('they are of the draft, or of the version one chooses', async () => {
    await opened({ 'GET versions': [200, { versions: [version(1)] }] });
    expect(links()).toHaveLength(7);
    expect(links()[0]).toBe('/b/b1/download/spec.pdf');
    const select = screen.getByRole<HTMLSelectElement>('combobox');
    await fireEvent.change(select, { target: { value: select.options[1]?.value } });
    expect(links()[0]).toBe('/b/b1/download/spec.pdf?version=1');
  });
  test('those of a frozen draft are of the version that it became', async () => {
    await opened({ 'GET versions': [200, { versions: [version(1)] }] }, 'participant', true);
    expect(links().every((href) => href.endsWith('?version=1'))).toBe(true);
    expect(screen.getByRole<HTMLSelectElement>('combobox').options).toHaveLength(1);
  });
  test('the costly ones are followed on the page and can be given up', async () => {
    const { makings } = await opened({});
    const pdf = screen.getByRole('link', {
      name: t('review.version.download', { name: t('download.spec.pdf') }),
    });
    await fireEvent.click(pdf);
    expect(makings.all.map((one) => one.url)).toEqual(['/b/b1/download/spec.pdf']);
    const stop = screen.getByRole('button', {
      name: t('making.cancel_of', { name: t('download.spec.pdf') }),
    });
    await fireEvent.click(stop);
    expect(makings.all).toEqual([]);
    expect(links()).toHaveLength(7);
  });
  test('a list that cannot be read says so and is asked for again', async () => {
    let there = false;
    await opened({
      'GET versions': () => (there ? [200, { versions: [version(1)] }] : 'lost'),
    });
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t('review.version.fail.versions'));
    there = true;
    await fireEvent.click(within(alert).getByRole('button'));
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: t('review.version.name', { number: 1 }) })),
    );
  });
  test('a version that was just frozen is waited for until it can be read', async () => {
    vi.useFakeTimers();
    let there = false;
    serve({ 'GET versions': () => [200, { versions: there ? [version(1)] : [] }] });
    const { draft, bootstrap } = drafted('facilitator', [
      { type: 'draft', number: 1, frozen: true },
      line('a'),
    ]);
    render(Documents, { draft, bootstrap, makings: new Makings() });
    await vi.advanceTimersByTimeAsync(100);
    expect(document.querySelector('.vs-version')).toBeNull();
    there = true;
    await vi.advanceTimersByTimeAsync(1_000);
    flushSync();
    expect(document.querySelector('.vs-version')).not.toBeNull();
    vi.useRealTimers();
  });
});

describe('approvals', () => {
  const one = { 'GET versions': [200, { versions: [version(1, { approvals: [SIGNED] })] }] } as const;

  test('a team that has not approved is waiting', async () => {
    await opened(one);
    const rows = [...document.querySelectorAll('.vs-approvals li')].map((row) => row.textContent ?? '');
    expect(rows[0]).toContain('Inès Caron');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain('Ventes');
    expect(rows[1]).toContain(t('review.version.approval.waiting'));
  });
  test('one signs with one’s own name, of today, unless one says otherwise', async () => {
    const { heard } = await opened({ ...one, 'POST versions/1/approvals': [201, SIGNED] }, 'participant');
    await fireEvent.click(screen.getByRole('button', { name: t('review.version.approve', { n: 1 }) }));
    const team = screen.getByRole<HTMLInputElement>('combobox', { name: t('document.column.team') });
    await fireEvent.input(team, { target: { value: 'Ventes' } });
    await fireEvent.click(screen.getByRole('button', { name: t('review.version.approval.go') }));
    await waitFor(() => expect(sent(heard, 'POST')).toBeDefined());
    expect(sent(heard, 'POST')?.body).toEqual({
      name: 'Camille',
      role: '',
      team: 'Ventes',
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    });
    await waitFor(() => expect(document.querySelector('form')).toBeNull());
  });
  test('one signs for a team that waits from where it waits', async () => {
    const { heard } = await opened({ ...one, 'POST versions/1/approvals': [201, SIGNED] });
    const name = t('review.version.approval.for', { team: 'Ventes' });
    await fireEvent.click(screen.getByRole('button', { name }));
    await fireEvent.click(screen.getByRole('button', { name: t('review.version.approval.go') }));
    await waitFor(() => expect(sent(heard, 'POST')?.body).toMatchObject({ team: 'Ventes' }));
  });
  test('signing twice for a team is told in words, and nothing typed is lost', async () => {
    await opened({ ...one, 'POST versions/1/approvals': [409, { code: 'id_taken', detail: {} }] });
    await fireEvent.click(screen.getByRole('button', { name: t('review.version.approve', { n: 1 }) }));
    await fireEvent.submit(document.querySelector('form')!);
    const said = await screen.findByRole('alert');
    expect(said.textContent).toContain(t('review.version.approval.twice', { name: 'Camille' }));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: t('document.column.name') }).value).toBe(
      'Camille',
    );
  });
  test('an approval is withdrawn by who wrote it down, after one more question', async () => {
    const mine = { ...SIGNED, person: 'Camille' };
    const { heard } = await opened(
      {
        'GET versions': [200, { versions: [version(1, { approvals: [mine] })] }],
        'DELETE versions/1/approvals/ap1': [204],
      },
      'participant',
    );
    const name = t('review.version.approval.withdraw_of', { name: 'Inès Caron' });
    await fireEvent.click(screen.getByRole('button', { name }));
    expect(sent(heard, 'DELETE')).toBeUndefined();
    await fireEvent.click(screen.getByRole('button', { name: t('review.version.approval.withdraw') }));
    await waitFor(() => expect(sent(heard, 'DELETE')?.path).toBe('versions/1/approvals/ap1'));
  });
  test('a participant does not withdraw another’s; who only watches signs nothing', async () => {
    await opened(one, 'participant');
    const name = t('review.version.approval.withdraw_of', { name: 'Inès Caron' });
    expect(screen.queryByRole('button', { name })).toBeNull();
    cleanup();
    await opened(one, 'observer');
    expect(screen.queryByRole('button', { name: t('review.version.approve', { n: 1 }) })).toBeNull();
  });
});

describe('the logo', () => {
  const choose = async (file: File): Promise<void> => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [file], configurable: true });
    await fireEvent.change(input);
  };
  const PNG = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], 'logo.png');

  test('a picture is sent as what it is', async () => {
    const { heard } = await opened({ 'PUT logo': [204] });
    await choose(PNG);
    await waitFor(() => expect((sent(heard, 'PUT')?.body as Blob | undefined)?.type).toBe('image/png'));
    await screen.findByRole('button', { name: t('review.version.logo.replace') });
  });
  test('another file is refused by name, and nothing is sent', async () => {
    const { heard } = await opened({ 'PUT logo': [204] });
    await choose(new File(['<svg/>'], 'marque.png', { type: 'image/png' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(t('review.version.logo.kind', { name: 'marque.png' }));
    expect(sent(heard, 'PUT')).toBeUndefined();
  });
  test('a logo that was taken away can be put back', async () => {
    const { heard } = await opened({ 'PUT logo': [204], 'GET logo': [200, {}], 'DELETE logo': [204] });
    await choose(PNG);
    await fireEvent.click(await screen.findByRole('button', { name: t('review.version.logo.remove') }));
    const back = await screen.findByRole('button', { name: t('review.version.logo.back') });
    await fireEvent.click(back);
    await waitFor(() => expect(heard.filter((one) => one.method === 'PUT')).toHaveLength(2));
  });
  test('only who leads changes it', async () => {
    await opened({}, 'participant');
    expect(document.querySelector('input[type=file]')).toBeNull();
  });
});
