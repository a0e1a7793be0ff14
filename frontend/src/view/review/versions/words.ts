// What a specification holds, in words: sections, attributes, values, sheets included. A value may be several words, one a line.
import { language, t, type Key } from '../../../i18n';
import type { BoardRecord, Channel, Note, ReviewBootstrap, Source, Stage } from '../../../wire/types.gen';
import { inLines, type Names } from '../said';
import { word } from '../words';
import type { Plain } from './comparison';
import type { DraftSeen } from './draft';

export interface Speaker {
  section(name: string): string;
  attribute(name: string): string;
  value(section: string, name: string, value: Plain): readonly string[];
  cited(sources: readonly Source[]): readonly string[];
  note(id: string): Note | undefined;
  place(is: 'stage' | 'channel', id: string): string;
}
type Parts = { readonly [name: string]: Plain };

const SECTIONS: Readonly<Record<string, Key>> = {
  steps: 'document.sheet.steps',
  personas: 'document.chapter.personas',
  journey: 'document.chapter.journey',
  project: 'document.chapter.context',
};
// What the table of attributes does not show, and the sheets.
const ATTRIBUTES: Readonly<Record<string, Key>> = {
  activity: 'document.context.activity',
  archetype: 'stage.archetype',
  channel: 'note.move.channel',
  client: 'document.cover.client',
  context: 'panel.persona.context',
  critical: 'note.truth',
  due_day: 'note.due.day',
  exit_criteria: 'stage.exit_criteria',
  expectations: 'panel.persona.expectations',
  expected_delay: 'stage.expected_delay',
  frustrations: 'panel.persona.frustrations',
  goal: 'stage.goal',
  goals: 'panel.persona.goals',
  label: 'document.column.label',
  name: 'document.column.name',
  objectives: 'document.context.objectives',
  personas: 'document.chapter.personas',
  role: 'document.column.role',
  segment: 'document.persona.segment',
  status: 'note.status',
  workshop: 'document.cover.workshop',
};
const CHOICES: Readonly<Record<string, string>> = {
  archetype: 'stage.archetype.',
  status: 'note.status.',
  unit: 'review.version.unit.',
};

export function speakerOf(bootstrap: ReviewBootstrap, draft: DraftSeen): Speaker {
  const records: ReadonlyMap<string, BoardRecord> = new Map(
    bootstrap.records.map((one) => [`${one.type} ${one.id ?? ''}`, one]),
  );
  const note = (id: string): Note | undefined => records.get(`note ${id}`) as Note | undefined;
  const place = (is: 'stage' | 'channel', id: string): string =>
    (records.get(`${is} ${id}`) as Stage | Channel | undefined)?.name ?? '';
  const names: Names = {
    object: (key) => {
      const found = draft.all().find((one) => one.record.section === 'objects' && one.values['key'] === key);
      return String(found?.values['label'] ?? '') || word(`kind.object.${key}`, {}, key);
    },
    source: (source) => {
      const number = source.note ? (source.number ?? note(source.note)?.number) : undefined;
      if (source.note)
        return number ? t('note.number', { number: String(number) }) : source.ref || source.note;
      const channel = source.channel ? place('channel', source.channel) : '';
      const stage = source.stage ? place('stage', source.stage) : '';
      return channel
        ? t('spec.page.channel_source', { name: channel })
        : t('spec.page.stage_source', { name: stage });
    },
    item: (id) => {
      const line = draft.byItem(id);
      return line ? `${line.record.code} ${String(line.values['label'] ?? '')}` : id;
    },
  };

  function value(section: string, name: string, said: Plain): readonly string[] {
    const option = bootstrap.attributes[section]?.find((one) => one.name === name);
    if (!option) return plainly(name, said, names);
    const lines = inLines(option, said, names);
    const either = option.widget === 'rule' && lines.length > 1 && (said as Parts)['join'] === 'or';
    return either ? [...lines, t('review.version.any_of')] : lines;
  }
  return {
    section: (name) => word(SECTIONS[name] ?? `spec.section.${name}`, {}, name),
    attribute: (name) =>
      word(`spec.attr.${name}`) || word(ATTRIBUTES[name] ?? `review.version.attr.${name}`, {}, name),
    value,
    cited: (sources) => sources.map((one) => names.source(one)),
    note,
    place,
  };
}

/** What the table of attributes says nothing of. */
function plainly(name: string, said: Plain, names: Names): readonly string[] {
  if (said === null || said === '' || said === false) return [];
  if (said === true) return [t('spec.value.yes.true')];
  if (typeof said === 'number') return [new Intl.NumberFormat(language()).format(said)];
  if (typeof said === 'string')
    return [
      name in CHOICES
        ? word(`${CHOICES[name]}${said}`, {}, said)
        : name === 'object' || name === 'relation'
          ? names.object(said)
          : said,
    ];
  if (isList(said)) return said.flatMap((one) => plainly(name, one, names));
  if ('board' in said) return [names.source(said as unknown as Source)];
  const parts = said as Parts;
  if ('conditions' in said) return plainly('', parts['conditions'] ?? null, names);
  if ('words' in said) return plainly('', parts['words'] ?? null, names);
  return Object.entries(parts).flatMap(([label, held]) => {
    const words = plainly('', held, names).join(', ');
    return words ? [t('document.colon', { label, words })] : [];
  });
}

const isList = (value: Plain): value is Plain[] => Array.isArray(value);
