// A small journey with its draft and its specification, for the tests of the reading screens.
import type { BoardRecord, DraftRecord, Line, Spec } from '../../../../wire/types.gen';

const BOARD = 'b1';
const note = (id: string, number: number, text: string, more: object = {}): BoardRecord =>
  ({
    type: 'note',
    id,
    number,
    rank: String(number),
    text,
    stage: 's1',
    channel: 'c1',
    ...more,
  }) as BoardRecord;
const from = (id: string, number: number) => ({ board: BOARD, note: id, number, stage: 's1', channel: 'c1' });

export const RECORDS: readonly BoardRecord[] = [
  { type: 'board', title: 'Parcours' },
  { type: 'stage', id: 's2', name: 'Décision', rank: 'b' },
  { type: 'stage', id: 's1', name: 'Considération', rank: 'a' },
  { type: 'channel', id: 'c1', name: 'Téléphone', rank: 'a' },
  note('n1', 1, 'Je demande une démo via le formulaire', { kind: 'touchpoint', ref: 'S025' }),
  note('n2', 2, 'Je signe électroniquement', { kind: 'touchpoint', stage: 's2' }),
  note('n3', 3, 'On me rappelle au bout de 5 jours', { kind: 'irritant', votes: 4 }),
  note('n4', 4, 'Pause à 10 h', { stage: null, channel: null }),
] as BoardRecord[];

function line(
  id: string,
  section: Line['section'],
  rank: string,
  proposal: Record<string, unknown>,
  more: Partial<Line> = {},
): Line {
  return { type: 'line', id, item: `${section}.${id}`, section, code: `X-${id}`, rank, proposal, ...more };
}
const step = (id: string, rank: string, proposal: Record<string, unknown>, more: Partial<Line> = {}) =>
  line(id, 'steps', rank, { outcome: 'open', ...proposal }, { parent: 'p1', ...more });

export const DRAFT: readonly DraftRecord[] = [
  { type: 'draft' },
  line('o1', 'objects', 'a', { label: 'Opportunité', key: 'opportunity' }),
  line('o2', 'objects', 'b', { label: 'Ticket', key: 'ticket' }),
  line('p1', 'pipelines', 'a', { label: 'Ventes', object: 'opportunity', owner_team: 'Commerce' }),
  step(
    'a',
    'a',
    { label: 'Démo demandée', milestone: 'Je demande une démo via le formulaire', probability: 20 },
    {
      sources: [from('n1', 1)],
      to_confirm: ['probability'],
      questions: [{ about: 'max_delay', rule: 'stage_delay' }],
    },
  ),
  step('b', 'b', {
    label: 'Budget connu',
    milestone: 'le budget est connu',
    max_delay: { words: '30 jours' },
  }),
  step('c', 'c', { label: 'Écartée' }, { verdict: 'rejected' }),
  step('d', 'd', { label: 'Signé', outcome: 'won', milestone: 'Je signe électroniquement' }),
  step('e', 'e', { label: 'Perdu', outcome: 'lost' }),
  line('f1', 'fields', 'a', {
    label: 'Motif',
    object: 'opportunity',
    required_when: 'quand elle est perdue : perdu',
  }),
  line('f2', 'fields', 'b', { label: 'Montant', object: 'opportunity' }),
];

const item = (id: string, code: string, label: string) => ({ id, code, label, reason: { rule: 'x' } });

export const SPEC = {
  project: { id: 'p', client: 'Logivia' },
  journey: [
    {
      label: 'Considération',
      archetype: 'other',
      exit_criteria: 'démo demandée',
      sources: [{ board: BOARD, stage: 's1' }],
    },
    { label: 'Décision', archetype: 'other', sources: [{ board: BOARD, stage: 's2' }] },
  ],
  objects: [
    { ...item('objects.o1', 'OB-01', 'Opportunité'), key: 'opportunity' },
    { ...item('objects.o2', 'OB-02', 'Ticket'), key: 'ticket' },
  ],
  fields: [
    { ...item('fields.f1', 'CH-01', 'Motif'), object: 'opportunity', api_name: 'motif', type: 'text' },
    {
      ...item('fields.f2', 'CH-02', 'Montant'),
      object: 'opportunity',
      api_name: 'montant',
      type: 'currency',
    },
  ],
  statuses: [
    { ...item('statuses.1', 'ST-01', 'Ouverte'), object: 'opportunity', sources: [from('n1', 1)] },
    { ...item('statuses.2', 'ST-02', 'Fermée'), object: 'opportunity', sources: [from('n1', 1)] },
  ],
  kpis: [
    { ...item('kpis.1', 'IN-01', 'Taux de démo'), object: 'opportunity', journey_stage: 'Considération' },
  ],
  matrix: {
    stages: ['Considération', 'Décision'],
    objects: ['opportunity', 'ticket'],
    cells: [
      {
        journey_stage: 'Considération',
        object: 'opportunity',
        fields: ['fields.f2'],
        events: [{ label: 'Je compare ailleurs', observed: false, sources: [from('n1', 1)] }],
        kpis: ['kpis.1'],
      },
    ],
  },
  coverage: {
    notes: [
      { note: from('n1', 1), items: ['fields.f2', 'matrix.opportunity.Considération'] },
      { note: { ...from('n2', 2), stage: 's2' }, items: ['kpis.1'] },
      { note: from('n3', 3), why_not: 'unanswered' },
      { note: { board: BOARD, note: 'n4', number: 4 }, why_not: 'logistics' },
    ],
    irritant_without_action: [from('n3', 3)],
    stage_without_exit: [{ board: BOARD, stage: 's2' }],
  },
  findings: [
    {
      id: 'i1',
      rule: 'note_logistics',
      severity: 'info',
      sources: [{ board: BOARD, note: 'n4', number: 4 }],
    },
    { id: 'w1', rule: 'irritant_without_action', severity: 'warning', sources: [from('n3', 3)] },
    { id: 'w2', rule: 'irritant_without_action', severity: 'warning', sources: [from('n1', 1)] },
    {
      id: 'w3',
      rule: 'too_many_statuses',
      severity: 'warning',
      params: { count: '9', limit: '6', object: 'opportunity' },
      items: ['statuses.1', 'statuses.2'],
      corrections: [
        { kind: 'remove', item: 'statuses.1' },
        { kind: 'remove', item: 'statuses.2' },
      ],
    },
    {
      id: 'e1',
      rule: 'decision_without_proposal',
      severity: 'error',
      params: { label: 'Motif' },
      items: ['fields.f1'],
      corrections: [{ kind: 'keep', item: 'fields.f1' }],
    },
  ],
  codes: {},
} as unknown as Spec;
