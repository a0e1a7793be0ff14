// The reading screens drawn in a page that lays nothing out: what is said, what keys and clicks do. Looks and drags are the browser tests'.
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { flushSync, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setCatalogue, type Catalogue } from '../../../i18n';
import type { DraftRecord, Spec } from '../../../wire/types.gen';
import Coverage from './Coverage.svelte';
import Findings from './Findings.svelte';
import { tableOf } from './matrix';
import MatrixScreen from './MatrixScreen.svelte';
import { landing } from './pipelines';
import Pipelines from './Pipelines.svelte';
import type { TabProps } from './props';
import { SpecReader } from './spec.svelte';
import { PlainDraft, plainBoard } from './testing/draft.svelte';
import { DRAFT, RECORDS, SPEC } from './testing/scene';

let draft: PlainDraft;
let open: ReturnType<typeof vi.fn<TabProps['open']>>;
let correct: ReturnType<typeof vi.fn<TabProps['correct']>>;
let spec: SpecReader;

beforeEach(() => {
  setCatalogue('fr', JSON.parse(readFileSync('../backend/charniere/locales/fr.json', 'utf8')) as Catalogue);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('CSS', { escape: (text: string) => text });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

interface Scene {
  lines?: readonly DraftRecord[];
  role?: string;
  answer?: () => Promise<Spec>;
}

async function show(screen: typeof Pipelines, scene: Scene = {}): Promise<HTMLElement> {
  draft = new PlainDraft(scene.lines ?? DRAFT);
  draft.role = scene.role ?? 'facilitator';
  open = vi.fn<TabProps['open']>();
  correct = vi.fn<TabProps['correct']>();
  const json = scene.answer ?? (() => Promise.resolve(SPEC));
  spec = new SpecReader('b1', {
    fetch: () => Promise.resolve({ ok: true, status: 200, headers: { get: () => '"1"' }, json }),
    after: () => () => {},
  });
  spec.want(1);
  const { container } = render(screen, {
    props: { draft, board: plainBoard(RECORDS), spec, open, correct },
  });
  await new Promise((done) => setTimeout(done));
  flushSync();
  return container;
}

const said = (element: Element | null): string =>
  element?.textContent?.replace(/[\s\u00a0\u202f]+/g, ' ').trim() ?? '';
function named<T extends Element = HTMLElement>(container: Element, selector: string, words: string): T {
  const found = [...container.querySelectorAll<T>(selector)].find((one) => said(one).includes(words));
  if (!found) throw new Error(`no ${selector} says ${words}`);
  return found;
}
const names = (container: Element) => [...container.querySelectorAll('.step-name')].map(said);

describe('the pipelines', () => {
  test('are rows of steps, told in the words of the customer or of a sheet; the lost end stays beside the name', async () => {
    const container = await show(Pipelines);
    expect(said(container.querySelector('h1'))).toBe('1 pipeline, 4 étapes');
    expect(names(container)).toEqual(['Démo demandée', 'Budget connu', 'Signé']);
    const [first, second, last] = [...container.querySelectorAll('.step')];
    expect(said(first!)).toContain('« Je demande une démo via le formulaire »');
    expect(said(first!)).toContain('délai à décider');
    expect(said(first!)).toContain('S025');
    expect(first!.querySelector('.step-out')?.classList.contains('rtab-dotted')).toBe(true);
    expect(said(second!)).toContain('Le budget est connu');
    expect(said(second!)).toContain('30 jours');
    expect(last!.classList.contains('won')).toBe(true);
    expect(said(container.querySelector('.lane-lost'))).toBe('Perdu : Motif obligatoires');
  });

  test('say what a step lacks rather than leave a blank', async () => {
    const container = await show(Pipelines, {
      lines: DRAFT.map((one) =>
        one.type === 'line' && one.id === 'b' ? { ...one, proposal: { label: 'Budget connu' } } : one,
      ),
    });
    expect(said(container.querySelectorAll('.step')[1]!)).toContain('Critère à décider');
  });

  test('open the line of a step', async () => {
    const container = await show(Pipelines);
    await fireEvent.click(named(container, '.step-name', 'Budget'));
    expect(open).toHaveBeenCalledWith('steps.b');
  });

  test('follow the draft as it changes', async () => {
    const container = await show(Pipelines);
    draft.edit({ type: 'set_line', line: 'b', set: { label: 'Financement validé' } });
    flushSync();
    expect(names(container)).toEqual(['Démo demandée', 'Financement validé', 'Signé']);
  });

  test('move a step with Alt and an arrow, keeping the focus on it', async () => {
    const container = await show(Pipelines);
    const step = named(container, '.step-name', 'Démo');
    step.focus();
    await fireEvent.keyDown(step, { key: 'ArrowRight', altKey: true });
    await tick();
    await tick();
    expect(names(container)).toEqual(['Budget connu', 'Démo demandée', 'Signé']);
    expect(said(document.activeElement)).toBe('Démo demandée');
    expect(said(container.querySelector('[role=status]'))).toBe('« Démo demandée » est maintenant 2 sur 3');
    expect(draft.edits).toEqual([{ type: 'move_line', line: 'a', before: 'd' }]);
  });

  test('add a step before the end that it leads to', async () => {
    const container = await show(Pipelines);
    await fireEvent.click(named(container, 'button', 'Ajouter une étape'));
    const box = container.querySelector<HTMLInputElement>('.step.new input')!;
    await fireEvent.input(box, { target: { value: 'Essai en cours' } });
    // False: this same Enter must not press the card that has the focus next.
    expect(await fireEvent.keyDown(box, { key: 'Enter' })).toBe(false);
    await tick();
    expect(names(container)).toEqual(['Démo demandée', 'Budget connu', 'Essai en cours', 'Signé']);
    expect(container.querySelector('.step.new')).toBeNull();
    expect(said(document.activeElement)).toBe('Essai en cours');
  });

  test('offer nothing to move or to add to those who only read', async () => {
    const container = await show(Pipelines, { role: 'participant' });
    expect(container.querySelector('.step-move, .lane-add')).toBeNull();
    await fireEvent.keyDown(named(container, '.step-name', 'Démo'), { key: 'ArrowRight', altKey: true });
    expect(draft.edits).toEqual([]);
  });

  test('say what is missing when there is none', async () => {
    const container = await show(Pipelines, { lines: [] });
    expect(said(container.querySelector('h1'))).toBe('Pipelines');
    expect(said(container.querySelector('.rtab-none'))).toContain('critère de sortie');
  });
});

describe('where a step lands', () => {
  const all = ['a', 'x', 'b', 'c', 'lost'];
  const way = ['a', 'b', 'c'];
  test('is before the next one shown, or after the last one shown and before what is hidden', () => {
    expect(landing(all, way, 'a', 1)).toBe('c');
    expect(landing(all, way, 'a', 2)).toBe('lost');
    expect(landing(all, way, 'c', 0)).toBe('a');
    expect(landing(way, way, 'a', 2)).toBe(null);
  });
  test('is nowhere else when it is there already', () => {
    expect(landing(all, way, 'b', 1)).toBeUndefined();
    expect(landing(all, way, 'c', 9)).toBeUndefined();
  });
});

describe('the matrix', () => {
  test('is a table with its heads: stages with their exit, objects, and what is observed at each crossing', async () => {
    const container = await show(MatrixScreen);
    const heads = [...container.querySelectorAll('thead th')].map(said);
    expect(heads[1]).toContain('Considération');
    expect(heads[1]).toContain('démo demandée');
    expect(heads[2]).toContain('Sans critère de sortie');
    const row = named(container, 'tbody tr', 'Opportunité');
    expect(row.querySelector('th')?.getAttribute('scope')).toBe('row');
    const [first, second] = [...row.querySelectorAll('td')];
    expect([...first!.querySelectorAll('.mo-entry')].map(said)).toEqual([
      'Champ : Montant',
      'Champ : Statut (2 valeurs)',
      'Événement : Je compare ailleurs non observé',
      'Indicateur : Taux de démo',
    ]);
    expect(second!.classList.contains('no')).toBe(true);
    expect(said(row.querySelector('th'))).toContain('À toute étape Champ : Motif');
    expect(said(container.querySelector('.mo-silent'))).toBe("Rien d'observé sur : Ticket.");
  });

  test('counts what it shows and hides what is not wanted', async () => {
    const container = await show(MatrixScreen);
    const button = named(container, '.mo-kinds button', 'Champs et statuts 3');
    await fireEvent.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('false');
    expect(container.querySelectorAll('.mo-entry.m-field')).toHaveLength(0);
    expect(container.querySelectorAll('.mo-entry.m-kpi')).toHaveLength(1);
  });

  test('opens a line, and leads to the note of an event on the wall', async () => {
    const container = await show(MatrixScreen);
    await fireEvent.click(named(container, '.mo-entry', 'Montant'));
    expect(open).toHaveBeenCalledWith('fields.f2');
    expect(named(container, 'a.mo-entry', 'Je compare').getAttribute('href')).toBe('/b/b1#note=n1');
    expect(named(container, 'a.btn', 'XLSX').getAttribute('href')).toBe('/b/b1/download/spec.xlsx');
  });

  test('is one stop of the Tab key, and arrows go from entry to entry', async () => {
    const container = await show(MatrixScreen);
    const stops = () => [...container.querySelectorAll<HTMLElement>('.mo-entry[tabindex="0"]')];
    expect(stops()).toHaveLength(1);
    const first = named(container, '.mo-entry', 'Montant');
    first.focus();
    await fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(said(document.activeElement)).toContain('Statut');
    expect(stops()).toEqual([document.activeElement]);
    await fireEvent.keyDown(document.activeElement!, { key: 'ArrowLeft' });
    expect(said(document.activeElement)).toContain('Motif');
  });

  test('uses the words of the draft, and drops what was set aside, before the server has said so', async () => {
    const lines = DRAFT.map((one) =>
      one.type === 'line' && one.id === 'f2' ? { ...one, set: { label: 'Montant HT' } } : one,
    );
    const container = await show(MatrixScreen, { lines });
    expect(named(container, '.mo-entry', 'Montant HT')).toBeTruthy();
    const table = tableOf(SPEC, (item) => (item === 'fields.f2' ? undefined : item));
    expect(table.counts.field).toBe(2);
  });

  test('says so while it is read, and offers to try again when it could not be', async () => {
    let fail = true;
    const container = await show(MatrixScreen, {
      answer: () => (fail ? Promise.reject(new Error('cut')) : Promise.resolve(SPEC)),
    });
    expect(said(container.querySelector('[role=alert]'))).toContain("n'a pas pu être lue");
    fail = false;
    await fireEvent.click(named(container, 'button', 'Réessayer'));
    await new Promise((done) => setTimeout(done));
    flushSync();
    expect(container.querySelector('[role=alert]')).toBeNull();
    expect(container.querySelector('table')).not.toBeNull();
  });
});

describe('the coverage', () => {
  const rows = (container: Element) => [...container.querySelectorAll('.use')].map(said);

  test('tells every note: the lines it feeds, or why it feeds none', async () => {
    const container = await show(Coverage);
    expect(said(container.querySelector('.cov-says'))).toBe('2 notes utilisées sur 4, 2 sans suite');
    expect(rows(container)).toHaveLength(4);
    expect([...container.querySelectorAll('.cov-group h2')].map(said)).toEqual([
      '1 Considération 2',
      '2 Décision 1',
      'À placer 1',
    ]);
    const irritant = named(container, '.use', 'On me rappelle');
    expect(said(irritant)).toContain('sans action qui y réponde');
    await fireEvent.click(named(container, 'button.code', 'CH-02'));
    expect(open).toHaveBeenCalledWith('fields.f2');
    expect(said(container.querySelector('.code.flat'))).toBe('Matrice : Opportunité');
  });

  test('is filtered by outcome, by reason, by kind, by stage and by a cell of the small wall', async () => {
    const container = await show(Coverage);
    const found = () => said(container.querySelector('.cov-found'));
    await fireEvent.click(named(container, '.chip', 'Sans suite'));
    expect(found()).toBe('2 notes');
    await fireEvent.click(named(container, '.chip', "organisation de l'atelier"));
    expect(rows(container).map((row) => row.includes('Pause'))).toEqual([true]);
    await fireEvent.click(named(container, 'button', 'Tout montrer'));
    expect(found()).toBe('4 notes');
    const [kind, stage] = [...container.querySelectorAll('select')];
    await fireEvent.change(kind!, { target: { value: 'irritant' } });
    expect(found()).toBe('1 note');
    await fireEvent.change(stage!, { target: { value: 's2' } });
    expect(found()).toBe('0 note');
    await fireEvent.click(named(container, 'button', 'Tout montrer'));
    const cell = [...container.querySelectorAll('.cov-cell')].find((one) =>
      one.getAttribute('aria-label')?.startsWith('Décision, Téléphone'),
    )!;
    await fireEvent.click(cell);
    expect(found()).toBe('1 note');
    expect(cell.getAttribute('aria-pressed')).toBe('true');
  });

  test('lists what the wall lacks, each with its way to the wall', async () => {
    const container = await show(Coverage);
    await fireEvent.click(named(container, '.cov-views button', 'Manques 2'));
    expect([...container.querySelectorAll('.gap h2')].map(said)).toEqual([
      '1 irritant sans action',
      '1 étape sans critère de sortie',
    ]);
    expect(named(container, 'a.src', 'On me rappelle').getAttribute('href')).toBe('/b/b1#note=n3');
    expect(said(named(container, 'a.src', 'Décision'))).toContain("Fiche de l'étape Décision");
  });
});

describe('the findings', () => {
  test('come the gravest first, one heading a rule', async () => {
    const container = await show(Findings);
    expect([...container.querySelectorAll('.fnd-part > h2')].map(said)).toEqual([
      'À corriger 1',
      'À traiter 3',
      'À savoir 1',
    ]);
    expect([...container.querySelectorAll('.fnd-group h3')].map(said)).toEqual([
      '1 ligne que le mur ne dit plus',
      '2 irritants sans action',
      'Zoo de statuts',
      "1 note d'organisation",
    ]);
    expect(named(container, '.fnd-group', '2 irritants').querySelectorAll('a.src')).toHaveLength(2);
  });

  test('offer their corrections by name, and lead to the lines', async () => {
    const container = await show(Findings);
    await fireEvent.click(named(container, '.fnd-fixes button', 'Écarter « Fermée »'));
    expect(correct).toHaveBeenCalledWith(expect.objectContaining({ id: 'w3' }), {
      kind: 'remove',
      item: 'statuses.2',
    });
    await fireEvent.click(named(container, '.fnd-fixes button', 'Garder'));
    expect(correct).toHaveBeenCalledTimes(2);
    await fireEvent.click(named(container, '.fnd-line', 'Motif'));
    expect(open).toHaveBeenCalledWith('fields.f1');
  });

  test('offer no correction to those who only read', async () => {
    const container = await show(Findings, { role: 'observer' });
    expect(container.querySelector('.fnd-fixes')).toBeNull();
    expect(container.querySelector('.fnd-line')).not.toBeNull();
  });

  test('are shown of one gravity alone when asked', async () => {
    const container = await show(Findings);
    await fireEvent.click(named(container, '.fnd-only .chip', 'À savoir'));
    expect(container.querySelectorAll('.fnd-part')).toHaveLength(1);
  });
});
