// A draft under review for the tests of this folder, and a server that answers what the test says.
import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../../../i18n';
import { Desk, line } from '../../../model/testing/desk';
import type { BoardRecord, DraftRecord, ReviewBootstrap } from '../../../wire/types.gen';
import type { Version } from './api';

export const BOARD: readonly BoardRecord[] = [
  { type: 'board', title: 'Parcours', teams: ['SAV', 'Ventes'] },
  { type: 'stage', id: 's1', name: 'Évaluation', rank: 'a' },
  { type: 'note', id: 'n42', number: 42, rank: 'a', kind: 'irritant', text: 'On me rappelle trop tard' },
];

/** jsdom knows no modal dialog: focus and Escape are the browser's, and its tests'. */
export function prepare(lang: 'fr' | 'en' = 'fr'): void {
  setCatalogue(
    lang,
    JSON.parse(readFileSync(`../backend/charniere/locales/${lang}.json`, 'utf8')) as Catalogue,
  );
  const proto = HTMLDialogElement.prototype;
  proto.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  proto.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  Element.prototype.scrollIntoView = () => {};
}

export function drafted(role = 'facilitator', records: readonly DraftRecord[] = [line('a'), line('b')]) {
  const desk = new Desk(records);
  const me = desk.join('Camille', { role });
  desk.settle();
  const bootstrap: ReviewBootstrap = {
    version: 1,
    board: 'b1',
    document: 'd1',
    project: { id: 'p', client: 'Valcendre' },
    role,
    lang: 'fr',
    welcome: { type: 'welcome', epoch: 1, seq: 0, you: me.person, people: [me.person] },
    seq: 1,
    records: [...BOARD],
    attributes: { workflows: [{ name: 'team', widget: 'team' }] },
  };
  return { desk, draft: me.replica, bootstrap };
}

export const version = (number: number, more: Partial<Version> = {}): Version => ({
  number,
  digest: 'abcdef0123456789'.repeat(4),
  author: 'Camille',
  author_name: 'Camille',
  at: Date.UTC(2026, 9, 12, 12),
  note: '',
  approvals: [],
  ...more,
});

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
type Answer = readonly [status: number, body?: unknown] | 'lost';

/** Answers by « GET versions »; what it does not know is not found. */
export function serve(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Asked[] {
  const heard: Asked[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    const path = url.replace('/api/boards/b1/specification/', '');
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    const asked = { method: init.method ?? 'GET', path, body };
    heard.push(asked);
    const known = answers[`${asked.method} ${path}`] ?? [404, { code: 'not_found', detail: {} }];
    const answer = typeof known === 'function' ? known(asked) : known;
    if (answer === 'lost') return Promise.reject(new TypeError('lost'));
    const [status, said] = answer;
    return Promise.resolve(new Response(said === undefined ? null : JSON.stringify(said), { status }));
  });
  return heard;
}
