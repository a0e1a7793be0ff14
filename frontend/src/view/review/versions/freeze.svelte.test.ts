// Freezing and opening again, drawn in a page that lays nothing out.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { t } from '../../../i18n';
import { line } from '../../../model/testing/desk';
import Actions from './Actions.svelte';
import { drafted, prepare, serve, version } from './testing';

beforeEach(() => prepare());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const STATE = { 'GET state': [200, { board_seq: 7, proposed_seq: 7 }] } as const;

function opened(...args: Parameters<typeof drafted>) {
  const made = drafted(...args);
  const go = vi.fn();
  render(Actions, { draft: made.draft, bootstrap: made.bootstrap, go });
  return { ...made, go };
}
const button = (name: string): HTMLButtonElement => screen.getByRole<HTMLButtonElement>('button', { name });
const freezing = (): HTMLButtonElement => {
  const found = document.querySelector<HTMLButtonElement>('dialog button[type=submit]');
  if (!found) throw new Error('nothing is being frozen');
  return found;
};
const words = (): string => (document.querySelector('dialog')?.textContent ?? '').replace(/[ \n\t]+/g, ' ');
async function ask(): Promise<void> {
  await fireEvent.click(document.querySelector('.vs-actions button:last-of-type')!);
}

describe('before', () => {
  test('the dialog says what is reviewed, what is not, and what nobody answered', async () => {
    serve(STATE);
    const lines = [
      line('a', { verdict: 'accepted', base: { label: 'Relancer a', team: 'SAV' } }),
      line('b', { state: 'to_complete', questions: [{ about: 'delay', rule: 'workflow.delay' }] }),
      line('c'),
    ];
    opened('facilitator', lines);
    await ask();
    expect(words()).toContain(t('review.version.freeze.reviewed', { n: 1, total: 3 }));
    expect(words()).toContain(t('review.version.freeze.unread', { n: 2 }));
    expect(words()).toContain(t('review.version.freeze.questions', { n: 1 }));
    expect(words()).not.toContain(t('review.version.freeze.settle'));
  });
  test('a conflict is told with the way to it, and does not forbid', async () => {
    serve(STATE);
    const torn = line('a', {
      set: { team: 'Ventes' },
      base: { team: 'Support' },
      proposal: { label: 'A', team: 'SAV' },
    });
    const { go } = opened('facilitator', [torn]);
    await ask();
    expect(words()).toContain(t('review.version.freeze.conflicts', { n: 1 }));
    expect(freezing().disabled).toBe(false);
    await fireEvent.click(button(t('review.version.freeze.settle')));
    expect(go).toHaveBeenCalledWith('review');
    expect(document.querySelector('dialog')).toBeNull();
  });
  test('a wall that went on since it was read is told', async () => {
    serve({ 'GET state': [200, { board_seq: 9, proposed_seq: 7 }] });
    opened();
    await ask();
    await waitFor(() => expect(words()).toContain(t('review.version.freeze.ahead', { n: 2 })));
  });
  test('what is still on its way is waited for', async () => {
    serve(STATE);
    const { desk, draft } = opened();
    await ask();
    expect(freezing().disabled).toBe(false);
    draft.edit({ type: 'accept_lines', lines: ['a'] });
    flushSync();
    expect(freezing().disabled).toBe(true);
    desk.settle();
    flushSync();
    expect(freezing().disabled).toBe(false);
  });
  test('a note that is too long is kept whole, and not sent', async () => {
    serve(STATE);
    opened();
    await ask();
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: 'x'.repeat(2_003) } });
    expect(words()).toContain(t('note.over', { n: 3 }));
    expect(freezing().disabled).toBe(true);
  });
  test('who does not lead has no such button', () => {
    serve(STATE);
    opened('participant');
    expect(document.querySelectorAll('.vs-actions button').length).toBe(2);
  });
});

describe('freezing', () => {
  test('the version is made with its note; then its digest and what comes next', async () => {
    const heard = serve({ ...STATE, 'POST versions': [201, version(1)] });
    const { go } = opened();
    await ask();
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: ' Relue le 20. ' } });
    await fireEvent.click(freezing());
    await waitFor(() => expect(words()).toContain(t('review.version.frozen', { number: 1 })));
    expect(heard.find((one) => one.method === 'POST')?.body).toEqual({ note: 'Relue le 20.' });
    expect(words()).toContain('abcd\u00a0ef01\u00a02345\u00a06789');
    await fireEvent.click(button(t('review.version.frozen.go')));
    expect(go).toHaveBeenCalledWith('documents');
  });
  test('a failure says why and keeps the note, even when the dialog is closed and opened again', async () => {
    serve({ ...STATE, 'POST versions': 'lost' });
    opened();
    await ask();
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: 'Relue le 20.' } });
    await fireEvent.click(freezing());
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain(t('review.version.fail.unreachable')),
    );
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Relue le 20.');
    await fireEvent.click(button(t('board.cancel')));
    expect(document.querySelector('dialog')).toBeNull();
    await ask();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Relue le 20.');
  });
  test('somebody who was faster is told, and nothing is sent twice', async () => {
    const heard = serve({ ...STATE, 'POST versions': [201, version(1)] });
    const { desk } = opened();
    await ask();
    desk.server.record([{ type: 'put', record: { type: 'draft', number: 1, frozen: true } }], 'Hugo');
    desk.settle();
    flushSync();
    expect(words()).toContain(t('review.version.freeze.taken', { number: 1 }));
    await fireEvent.submit(document.querySelector('dialog form')!);
    expect(heard.filter((one) => one.method === 'POST')).toEqual([]);
  });
});

test('a frozen version is opened again once one has read what that means', async () => {
  serve(STATE);
  const { desk, draft } = opened('facilitator', [{ type: 'draft', number: 1, frozen: true }, line('a')]);
  const edit = vi.spyOn(draft, 'edit');
  await fireEvent.click(document.querySelector('.vs-actions button:last-of-type')!);
  expect(words()).toContain(t('review.version.reopen.keeps', { number: 1 }));
  await fireEvent.click(button(t('review.version.reopen.go', { number: 2 })));
  expect(edit).toHaveBeenCalledWith({ type: 'reopen' });
  desk.settle();
  flushSync();
  expect(document.querySelector('dialog')).toBeNull();
});
