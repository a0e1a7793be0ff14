// The review in a page that lays nothing out: keys, widgets, conflicts, what others do. Looks and drags are the browser tests'.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../../i18n';
import type { DraftReplica } from '../../model/draft/replica.svelte';
import { Desk, line } from '../../model/testing/desk';
import type { Seat } from '../../model/testing/world';
import type { BoardRecord, DraftRecord, Line, ReviewBootstrap } from '../../wire/types.gen';
import Review from './Review.svelte';

const BOARD: readonly BoardRecord[] = [
  { type: 'board', title: 'Parcours', teams: ['Ventes', 'Support'] },
  { type: 'stage', id: 'A', name: 'Découverte', rank: 'V000' },
  { type: 'channel', id: 'X', name: 'Agence', rank: 'V000' },
  { type: 'note', id: 'n1', number: 7, rank: 'V', stage: 'A', channel: 'X', text: 'On rappelle trop tard', kind: 'irritant', votes: 3 },
]; // prettier-ignore
const ATTRIBUTES: ReviewBootstrap['attributes'] = {
  objects: [{ name: 'purpose', widget: 'long' }],
  fields: [
    { name: 'object', widget: 'object' },
    { name: 'type', widget: 'choice', choices: 'type', values: ['text', 'picklist'] },
    { name: 'values', widget: 'values' },
    { name: 'max_values', widget: 'number' },
    { name: 'required_at', widget: 'stage' },
    { name: 'definition', widget: 'long' },
    { name: 'owner', widget: 'team' },
    { name: 'personal', widget: 'yes' },
  ],
  workflows: [
    { name: 'trigger', widget: 'trigger' },
    { name: 'conditions', widget: 'rule' },
    { name: 'actions', widget: 'effects', choices: 'effect', values: ['alert', 'send'] },
    { name: 'delay', widget: 'measure' },
    { name: 'owner', widget: 'team' },
  ],
};
const field = (id: string, fields: Partial<Line> = {}): Line => ({
  type: 'line',
  id,
  item: `fields.${id}`,
  section: 'fields',
  code: `CH-${id}`,
  rank: `V${id}`,
  proposal: { label: `Champ ${id}`, object: 'lead', api_name: id, type: 'text' },
  reason: { rule: 'field_named', params: {} },
  sources: [{ board: 'board', note: 'n1', number: 7 }],
  ...fields,
});
const workflow = (id: string, fields: Partial<Line> = {}): Line =>
  line(id, {
    code: `WF-${id}`,
    proposal: { label: `Relancer ${id}`, delay: { words: 'sous 2 h' } },
    ...fields,
  });

let desk: Desk;
let lead: Seat<DraftReplica>;

beforeEach(() => {
  setCatalogue('fr', JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Catalogue);
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} }); // prettier-ignore
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
  vi.stubGlobal('innerWidth', 1440);
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no server')));
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.animate ??= () => ({ cancel() {} }) as unknown as Animation;
  history.replaceState(null, '', '/');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(records: readonly DraftRecord[], role = 'facilitator', hash = ''): Promise<HTMLElement> {
  desk = new Desk(records);
  lead = desk.join('lead', { role });
  desk.flush();
  if (hash) history.replaceState(null, '', `/${hash}`);
  const bootstrap = {
    version: 1,
    board: 'board',
    document: 'draft-of-board',
    project: { id: 'p', client: 'Logivia' },
    role,
    lang: 'fr',
    welcome: desk.server.welcome(lead.person, true) as unknown as ReviewBootstrap['welcome'],
    seq: 0,
    records: [...BOARD],
    attributes: ATTRIBUTES,
  } satisfies ReviewBootstrap;
  const { container } = render(Review, { props: { replica: lead.replica, bootstrap, store: null } });
  await settled();
  return container;
}
/** Everything is sent, answered and drawn. */
async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    desk.flush();
    flushSync();
    await new Promise((done) => setTimeout(done, 30));
  }
}
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settled();
}
const card = (page: HTMLElement): HTMLElement => page.querySelector('[data-card]') as HTMLElement;
const title = (page: HTMLElement): string | undefined => card(page)?.querySelector('h3')?.textContent?.trim();
const attribute = (page: HTMLElement, name: string): HTMLElement =>
  page.querySelector(`[data-attribute="${name}"]`) as HTMLElement;
const box = (page: HTMLElement, name: string) =>
  attribute(page, name).querySelector('input, textarea, select') as HTMLInputElement;
const button = (page: HTMLElement, name: string | RegExp): HTMLButtonElement =>
  [...page.querySelectorAll('button')].find((one) => {
    const said = (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\s+/g, ' ').trim();
    return typeof name === 'string' ? said === name : name.test(said);
  }) as HTMLButtonElement;
const standing = (id: string) => lead.replica.line(id)?.standing;

describe('keys', () => {
  test('A accepts the open line, opens the next that waits, and the focus is never lost', async () => {
    const page = await open([field('1'), field('2', { verdict: 'rejected', why: 'non' }), field('3')]);
    expect(title(page)).toBe('Champ 1');
    await press('a');
    expect(standing('1')).toBe('validated');
    expect(title(page)).toBe('Champ 3');
    expect(card(page).contains(document.activeElement)).toBe(true);
    expect(location.hash).toBe('#line=CH-3');
    expect(page.querySelector('.page > .sr')?.textContent).toContain('Accepté');
  });

  test('J and K go through the lines; the address brings one back', async () => {
    const page = await open([field('1'), field('2')], 'facilitator', '#line=CH-2');
    expect(title(page)).toBe('Champ 2');
    await press('k');
    expect(title(page)).toBe('Champ 1');
    await press('j');
    expect(title(page)).toBe('Champ 2');
  });

  test('letters typed in a field are words', async () => {
    const page = await open([field('1')]);
    await press('e');
    box(page, 'definition').focus();
    await press('a');
    await press('x');
    expect(standing('1')).toBe('proposed');
    expect(card(page).querySelector('.ask')).toBeNull();
  });

  test('X asks for a reason and takes none for an answer', async () => {
    const page = await open([field('1'), field('2')]);
    await press('x');
    const asked = card(page).querySelector('form') as HTMLFormElement;
    await fireEvent.submit(asked);
    expect(asked.querySelector('[role="alert"]')).not.toBeNull();
    expect(standing('1')).toBe('proposed');
    await fireEvent.click(button(page, 'Hors périmètre'));
    await settled();
    expect([standing('1'), lead.replica.line('1')?.record.why]).toEqual(['rejected', 'Hors périmètre']);
    expect(title(page)).toBe('Champ 2');
    await press('z', { ctrlKey: true });
    expect(standing('1')).toBe('proposed');
  });

  test('M finds a line of the section by typing and merges into it', async () => {
    const page = await open([field('1'), field('2'), workflow('3')]);
    await press('m');
    const input = card(page).querySelector('[role="combobox"]') as HTMLInputElement;
    await fireEvent.input(input, { target: { value: 'champ 2' } });
    expect([...card(page).querySelectorAll('[role="option"]')].map((one) => one.textContent)).toHaveLength(1);
    await fireEvent.keyDown(input, { key: 'Enter' });
    await settled();
    expect([standing('1'), title(page)]).toEqual(['merged', 'Champ 2']);
  });

  test('Alt and an arrow put the line in another place', async () => {
    const page = await open([field('1'), field('2')]);
    await press('ArrowDown', { altKey: true });
    expect(lead.replica.lines('fields')).toEqual(['2', '1']);
    expect(title(page)).toBe('Champ 1');
  });
});

describe('the editor', () => {
  test('saves a text when it is left, and Escape gives the former one back', async () => {
    const page = await open([field('1')]);
    await press('e');
    const input = box(page, 'definition');
    await fireEvent.input(input, { target: { value: 'Ce que c’est' } });
    await fireEvent.blur(input);
    await settled();
    expect(lead.replica.line('1')?.values['definition']).toBe('Ce que c’est');
    await fireEvent.input(input, { target: { value: 'autre chose' } });
    await fireEvent.keyDown(input, { key: 'Escape' });
    expect(box(page, 'definition').value).toBe('Ce que c’est');
    expect(card(page).classList.contains('editing')).toBe(true);
  });

  test('goes back to what the wall says, attribute by attribute', async () => {
    const page = await open([workflow('1')]);
    await press('e');
    const input = box(page, 'delay');
    await fireEvent.input(input, { target: { value: 'sous 4 h' } });
    await fireEvent.keyDown(input, { key: 'Enter' });
    await settled();
    expect(attribute(page, 'delay').textContent).toContain('Proposition');
    await fireEvent.click(button(page, /^Revenir à la proposition : Délai/));
    await settled();
    expect(lead.replica.line('1')?.record.set).toEqual({});
    expect(box(page, 'delay').value).toBe('sous 2 h');
  });

  test('says beside the field why the server refused, and keeps what was typed', async () => {
    const page = await open([field('1')]);
    await press('e');
    desk.server.refuse.push('bad_value');
    const input = box(page, 'max_values');
    await fireEvent.input(input, { target: { value: 'beaucoup' } });
    await fireEvent.blur(input);
    await settled();
    expect(attribute(page, 'max_values').querySelector('[role="alert"]')?.textContent).toContain(
      'ne convient pas',
    );
    expect(box(page, 'max_values').value).toBe('beaucoup');
    await fireEvent.keyDown(box(page, 'max_values'), { key: 'Escape' });
    await settled();
    expect(box(page, 'max_values').value).toBe('');
    expect(attribute(page, 'max_values').querySelector('[role="alert"]')).toBeNull();
  });

  test('has a choice, a stage, a switch and a list for what they are', async () => {
    const page = await open([field('1', { proposal: { label: 'Origine', object: 'lead', api_name: 'o', type: 'picklist', values: [{ label: 'Site', sources: [{ board: 'board', note: 'n1' }] }] } })]); // prettier-ignore
    await press('e');
    await fireEvent.change(box(page, 'type'), { target: { value: 'text' } });
    await fireEvent.change(box(page, 'required_at'), { target: { value: 'Découverte' } });
    await fireEvent.click(attribute(page, 'personal').querySelector('[role="switch"]') as Element);
    await fireEvent.click(button(page, 'Ajouter : Valeurs'));
    await settled();
    const rows = attribute(page, 'values').querySelectorAll('input');
    expect(rows).toHaveLength(2);
    await fireEvent.input(rows[1] as Element, { target: { value: 'Salon' } });
    await fireEvent.click(button(page, 'Monter : Valeurs, ligne 2'));
    await settled();
    const { values } = lead.replica.line('1') ?? { values: {} };
    expect(values).toMatchObject({
      type: 'text',
      required_at: 'Découverte',
      personal: true,
      values: [{ label: 'Salon' }, { label: 'Site', sources: [{ board: 'board', note: 'n1' }] }],
    });
  });

  test('joins conditions by et or ou, and gives each effect its verb', async () => {
    const page = await open([workflow('1', { proposal: { label: 'Relancer', conditions: { join: 'and', conditions: [{ words: 'un' }, { words: 'deux', kind: 'field' }] }, actions: [{ kind: 'send', words: 'écrire' }] } })]); // prettier-ignore
    await press('e');
    await fireEvent.change(attribute(page, 'conditions').querySelector('select') as Element, {
      target: { value: 'or' },
    });
    await fireEvent.change(attribute(page, 'actions').querySelector('select') as Element, {
      target: { value: 'alert' },
    });
    await settled();
    expect(lead.replica.line('1')?.values).toMatchObject({
      conditions: { join: 'or', conditions: [{ words: 'un' }, { words: 'deux', kind: 'field' }] },
      actions: [{ kind: 'alert', words: 'écrire' }],
    });
  });

  test('stays open, with what is being typed, while somebody else accepts and edits the line', async () => {
    const page = await open([field('1'), field('2')]);
    const other = desk.join('other', { role: 'facilitator' });
    desk.flush();
    await press('e');
    await fireEvent.input(box(page, 'definition'), { target: { value: 'mes mots' } });
    other.replica.edit({ type: 'set_line', line: '1', set: { definition: 'les siens' } });
    other.replica.edit({ type: 'accept_lines', lines: ['1'] });
    other.replica.edit({ type: 'move_line', line: '1' });
    await settled();
    expect(box(page, 'definition').value).toBe('mes mots');
    expect(card(page).classList.contains('editing')).toBe(true);
    const rows = [...page.querySelectorAll<HTMLElement>('[data-section="fields"] [data-line]')].map(
      (row) => row.dataset.line,
    );
    expect(rows).toEqual(['1', '2']);
  });
});

test('a line that the wall takes away while it is edited stays, with what was typed', async () => {
  const page = await open([field('1'), field('2')]);
  await press('e');
  await fireEvent.input(box(page, 'definition'), { target: { value: 'mes mots' } });
  desk.server.record([{ type: 'remove', was: field('1') }], 'system');
  await settled();
  expect(lead.replica.line('1')).toBeUndefined();
  expect(box(page, 'definition').value).toBe('mes mots');
  expect(page.querySelector('[data-line="1"] [role="alert"]')?.textContent).toContain('vient d’être retirée');
});

describe('a conflict', () => {
  const disputed = () =>
    workflow('1', {
      proposal: { label: 'Relancer 1', delay: { words: 'sous 4 h ouvrées' } },
      set: { delay: { words: '1 jour ouvré' } },
      base: { delay: { words: 'sous 2 h' } },
      sources: [{ board: 'board', note: 'n1', number: 7 }],
    });

  test('shows what the wall says against what was decided, and is settled', async () => {
    const page = await open([disputed(), workflow('2')], 'facilitator', '#line=WF-2');
    const box = page.querySelector('[data-line="1"]') as HTMLElement;
    expect(box.textContent).toContain('sous 4 h ouvrées');
    expect(box.textContent).toContain('dit sur le mur, irritant, 3 votes');
    expect(box.textContent).toContain('1 jour ouvré');
    await fireEvent.click(box.querySelectorAll('input')[1] as Element);
    await fireEvent.click(button(box, 'Trancher : Délai'));
    await settled();
    expect([standing('1'), lead.replica.line('1')?.values['delay']]).toEqual([
      'proposed',
      { words: '1 jour ouvré' },
    ]);
  });

  test('cannot be accepted over', async () => {
    const page = await open([disputed()], 'facilitator', '#line=WF-1');
    expect(button(card(page), /^Accepter/).disabled).toBe(true);
    await press('a');
    expect(standing('1')).toBe('conflict');
  });

  test('of a line that the wall no longer gives is ended by keeping it', async () => {
    const page = await open([field('1', { gone: true, verdict: 'accepted', base: { label: 'Champ 1' } })]);
    await fireEvent.click(button(page, 'Garder'));
    await settled();
    expect([standing('1'), lead.replica.line('1')?.record.by_hand]).toEqual(['validated', true]);
  });
});

describe('what is not known', () => {
  test('is asked in its place, and answering opens the editor there', async () => {
    const page = await open([field('1', { state: 'to_complete', questions: [{ about: 'definition', rule: 'definition', params: {} }] })]); // prettier-ignore
    const question = attribute(page, 'definition').querySelector('button') as HTMLButtonElement;
    expect(question.textContent).toContain('Que veut dire ce champ');
    await fireEvent.click(question);
    await settled();
    expect(document.activeElement).toBe(box(page, 'definition'));
  });

  test('keeps a line out of « Tout accepter »', async () => {
    const page = await open([field('1'), field('2', { state: 'to_complete', questions: [{ about: 'owner', rule: 'reporting', params: {} }] }), field('3')]); // prettier-ignore
    await fireEvent.click(button(page, /^Tout accepter dans Champs/));
    await settled();
    expect(['1', '2', '3'].map(standing)).toEqual(['validated', 'to_complete', 'validated']);
  });
});

describe('who may not decide', () => {
  test('reads and comments, and no key changes a line', async () => {
    const page = await open([field('1')], 'participant');
    expect(button(page, /^Accepter/)).toBeUndefined();
    for (const key of ['a', 'x', 'e', 'm']) await press(key);
    expect(standing('1')).toBe('proposed');
    await press('c');
    const words = document.activeElement as HTMLTextAreaElement;
    await fireEvent.input(words, { target: { value: 'Et le mobile ?' } });
    await fireEvent.keyDown(words, { key: 'Enter' });
    await settled();
    expect(lead.replica.comments('1').map((one) => one.text)).toEqual(['Et le mobile ?']);
    expect(page.textContent).toContain('Vous pouvez lire et commenter');
  });

  test('on a frozen draft is everybody, until it is opened again', async () => {
    const page = await open([{ type: 'draft', frozen: true, number: 2 }, field('1')]);
    expect(page.textContent).toContain('Version 2 figée');
    await press('a');
    expect(standing('1')).toBe('proposed');
  });
});

test('a line added by hand opens in its editor, on its name', async () => {
  const page = await open([field('1')]);
  await fireEvent.click(button(page, 'Ajouter un champ'));
  const input = page.querySelector('form input[placeholder]') as HTMLInputElement;
  await fireEvent.input(input, { target: { value: 'Budget' } });
  await fireEvent.submit(input.form as HTMLFormElement);
  await settled();
  const added = lead.replica.all().find((one) => one.label === 'Budget');
  expect(added?.record.by_hand).toBe(true);
  expect(card(page).contains(document.activeElement)).toBe(true);
  expect((document.activeElement as HTMLInputElement).value).toBe('Budget');
});

test('the filter leaves out what does not match, and one click shows all again', async () => {
  const page = await open([field('1'), field('2'), workflow('3')]);
  await press('/');
  await fireEvent.input(page.querySelector('[role="search"] input') as Element, {
    target: { value: 'relancer' },
  });
  await settled();
  const rows = () => [...page.querySelectorAll<HTMLElement>('[data-line]')].map((row) => row.dataset.line);
  expect(rows()).toEqual(['1', '3']); // the open line stays under one's eyes
  await fireEvent.click(button(page, 'Tout voir'));
  await settled();
  expect(rows()).toEqual(['1', '2', '3']);
});

test('who else is on a line is told by name', async () => {
  const page = await open([field('1'), field('2')]);
  const julie = desk.join('Julie', { role: 'facilitator' });
  desk.flush();
  lead.line.say({ type: 'people', people: [julie.person] });
  lead.line.say({
    type: 'presence',
    seen: [{ connection: 'c', person: julie.person.id, note: '2', doing: 'writing' }],
  });
  await settled();
  expect(page.querySelector('[data-line="2"]')?.textContent).toContain('Julie modifie cette ligne');
});

test('a finding is read where its line is, and one click opens what it asks for', async () => {
  const finding = {
    id: 'findings.1',
    rule: 'picklist_without_values',
    params: { label: 'Champ 1' },
    items: ['fields.1'],
    corrections: [{ kind: 'complete', item: 'fields.1', attribute: 'values' }],
  };
  vi.stubGlobal('fetch', () =>
    Promise.resolve({ ok: true, status: 200, headers: { get: () => '"1"' }, json: () => Promise.resolve({ findings: [finding] }) }),
  ); // prettier-ignore
  const page = await open([field('1'), field('2')], 'facilitator', '#line=CH-2');
  const box = page.querySelector('[data-section="fields"] .finding') as HTMLElement;
  expect(box.textContent).toContain('Liste sans valeurs');
  await fireEvent.click(button(box, 'Définir'));
  await settled();
  expect(title(page)).toBe('Champ 1');
  expect(attribute(page, 'values').contains(document.activeElement)).toBe(true);
});

test('the wall that has moved is said, and brought in when somebody asks', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const body = path.endsWith('/state')
      ? { board_seq: 12, proposed_seq: 9, seq: 1 }
      : path.endsWith('/proposals')
        ? { changed: 3, conflicts: 1, seq: 0 }
        : { seq: 12, records: [...BOARD], findings: [] };
    return Promise.resolve({
      ok: true,
      status: 200,
      headers: { get: () => null },
      json: () => Promise.resolve(body),
    });
  });
  const page = await open([field('1')]);
  expect(page.textContent).toContain('Le mur a changé depuis');
  expect(page.textContent).toContain('(3 modifications)');
  await fireEvent.click(button(page, 'Mettre à jour'));
  await settled();
  expect(asked).toContain('/api/boards/board/specification/proposals');
  expect(page.querySelector('.toast')?.textContent).toContain('3 lignes changées, 1 conflit');
  expect(page.textContent).not.toContain('Le mur a changé depuis');
});
