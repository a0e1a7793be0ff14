// What a person can do to the lines, by whatever hand: mouse, keys, menu, phone. Each asks the draft, then says so.
import { t } from '../../i18n';
import type { DraftReplica } from '../../model/draft/replica.svelte';
import type { Correction, Finding } from '../../wire/types.gen';
import { reveal } from './dom';
import { objectOf, type Listing } from './listing.svelte';
import type { Section } from './sections';
import { isOpen } from './state';
import type { ReviewUi } from './ui.svelte';
import { findingWords } from './words';

export type ReviewActs = ReturnType<typeof makeReviewActs>;

export function makeReviewActs(replica: DraftReplica, ui: ReviewUi, listing: Listing) {
  const may = () => replica.may('review');
  const label = (id: string) => replica.line(id)?.label ?? '';

  /** Opens a line where it stands, whatever hides it. `focus`: on what is done most. */
  function show(id: string, focus = true): void {
    const line = replica.line(id);
    if (!line) return;
    const { section } = line.record;
    const looked = ui.objects[section];
    if (looked && !looked.objects.includes(objectOf(replica, id))) ui.lookAt(section, null);
    ui.open(id);
    if (focus) reveal(id);
  }

  /** Can everything that is said of it be agreed with now? */
  function acceptable(id: string): boolean {
    const line = replica.line(id);
    return line !== undefined && line.standing !== 'conflict' && isOpen(line);
  }

  function accept(ids: readonly string[]): void {
    const lines = ids.filter(acceptable);
    if (!may() || lines.length === 0) return;
    replica.edit({ type: 'accept_lines', lines });
    if (lines.length === 1) return ui.say(t('review.said.accepted', { label: label(lines[0] ?? '') }));
    const text = t('review.toast.accepted', { n: lines.length });
    ui.toast({ text, undoes: true, action: { label: t('board.undo'), run: () => reconsider(lines) } });
    ui.say(text);
  }

  /** Accepts the line and goes to the next one that waits. */
  function acceptAndGo(id: string): void {
    const line = replica.line(id);
    if (!line || !may()) return;
    if (line.standing === 'conflict') return ui.say(t('error.unsettled'));
    accept([id]);
    ui.edit(null);
    next(id);
  }

  /** The next line, from this one, that waits for somebody; around the end once. */
  function next(from: string | null = ui.current): void {
    const waits = (id: string) => {
      const line = replica.line(id);
      return id !== from && line !== undefined && isOpen(line);
    };
    const around = (ids: readonly string[]) => {
      const at = from ? ids.indexOf(from) : -1;
      return [...ids.slice(at + 1), ...ids.slice(0, Math.max(0, at))].find(waits);
    };
    const found = around(listing.ids()) ?? around(listing.all());
    if (found) return show(found);
    ui.say(t('review.said.all'));
    if (from) reveal(from);
  }

  /** The line above or below. */
  function step(by: 1 | -1): void {
    const ids = listing.ids();
    const at = ui.current ? ids.indexOf(ui.current) : -1;
    const to = at < 0 ? ids[0] : ids[Math.max(0, Math.min(ids.length - 1, at + by))];
    if (to) show(to);
  }

  function reject(ids: readonly string[], why: string): void {
    if (!may() || ids.length === 0 || !why.trim()) return;
    replica.edit({ type: 'reject_lines', lines: [...ids], why: why.trim() });
    const text =
      ids.length === 1
        ? t('review.said.rejected', { label: label(ids[0] ?? '') })
        : t('review.toast.rejected', { n: ids.length });
    ui.toast({ text, undoes: true, action: { label: t('board.undo'), run: () => reconsider(ids) } });
    ui.say(text);
  }

  function reconsider(ids: readonly string[]): void {
    if (!may() || ids.length === 0) return;
    replica.edit({ type: 'reconsider_lines', lines: [...ids] });
    ui.say(ids.length === 1 ? t('review.said.back', { label: label(ids[0] ?? '') }) : t('board.said.undone'));
    if (ui.current && (ids.length > 1 || ids.includes(ui.current))) reveal(ui.current);
  }

  /** `typedOn`: the text it was typed on, for the server to put together with what another wrote there meanwhile. */
  function set(line: string, name: string, value: unknown, typedOn?: string): void {
    if (!may()) return;
    ui.refused(line, name, null);
    const typed_on = typedOn === undefined ? {} : { typed_on: { [name]: typedOn } };
    replica.edit({ type: 'set_line', line, set: { [name]: value }, ...typed_on });
  }

  /** What the wall says again stands. */
  function unset(line: string, name: string): void {
    const proposal = replica.line(line)?.record.proposal as Record<string, unknown> | undefined;
    set(line, name, proposal?.[name] ?? null);
    ui.say(t('review.said.proposal'));
  }

  function settle(line: string, name: string, keep: 'wall' | 'mine'): void {
    if (!may()) return;
    replica.edit({ type: 'settle_conflict', line, name, keep });
    ui.say(t('review.said.settled'));
  }

  function keep(line: string): void {
    if (!may()) return;
    replica.edit({ type: 'keep_line', line });
    ui.say(t('review.said.kept', { label: label(line) }));
  }

  function add(
    section: Section,
    words: string,
    more: { parent?: string | null; object?: string } = {},
  ): string | null {
    if (!may() || !words.trim()) return null;
    const line = replica.newId();
    const set = { label: words.trim(), ...(more.object ? { object: more.object } : {}) };
    replica.edit({ type: 'add_line', line, section, set, ...(more.parent ? { parent: more.parent } : {}) });
    ui.say(t('review.said.added', { label: words.trim() }));
    ui.editAt(line, '');
    reveal(line, '');
    return line;
  }

  function remove(line: string): void {
    const there = replica.line(line);
    if (!may() || !there || !(there.record.by_hand || there.record.gone)) return;
    const text = t('review.said.removed', { label: there.label });
    const neighbour = beside(line);
    const done = replica.edit({ type: 'remove_line', line });
    ui.open(null);
    if (neighbour) show(neighbour);
    ui.toast({
      text,
      undoes: true,
      action: { label: t('board.undo'), run: () => void replica.edit({ type: 'undo', edit: done }) },
    });
    ui.say(text);
  }
  function beside(line: string): string | undefined {
    const ids = listing.ids();
    const at = ids.indexOf(line);
    return ids[at + 1] ?? ids[at - 1];
  }

  function move(line: string, before: string | null): void {
    if (!may() || line === before) return;
    replica.edit({ type: 'move_line', line, before });
  }

  /** One place up or down among its fellows. */
  function shift(line: string, by: 1 | -1): void {
    const there = replica.line(line);
    if (!there || !may()) return;
    const fellows = replica.lines(there.record.section, there.record.parent ?? null);
    const at = fellows.indexOf(line);
    const to = at + by;
    if (at < 0 || to < 0 || to >= fellows.length) return;
    move(line, by < 0 ? (fellows[to] ?? null) : (fellows[to + 1] ?? null));
    ui.say(t('review.said.moved', { label: there.label, position: to + 1, of: fellows.length }));
    reveal(line);
  }

  function merge(lines: readonly string[], into: string): void {
    if (!may() || lines.length === 0) return;
    const text = t('review.said.merged', { label: label(lines[0] ?? ''), into: label(into) });
    replica.edit({ type: 'merge_lines', lines: [...lines], into });
    show(into);
    ui.toast({ text, undoes: true, action: { label: t('board.undo'), run: () => reconsider(lines) } });
    ui.say(text);
  }

  /** Makes what a finding offers: at once, or with the editor open where something is missing. */
  function correct(finding: Finding, correction: Correction): void {
    const line = replica.byItem(correction.item);
    if (!line) return;
    switch (correction.kind) {
      case 'remove':
        return reject([line.id], findingWords(finding));
      case 'keep':
        return keep(line.id);
      case 'merge': {
        const into = replica.byItem(correction.value ?? '');
        return into ? merge([line.id], into.id) : undefined;
      }
      case 'complete':
      case 'rename':
        return edit(line.id, correction.attribute || 'label');
    }
  }

  function edit(id: string, attribute: string | null = null): void {
    const line = replica.line(id);
    if (!may() || !line) return;
    show(id, false);
    if (line.standing === 'rejected' || line.standing === 'merged') return reveal(id);
    ui.edit(id, attribute);
    reveal(id, attribute ?? '');
  }

  function undo(): void {
    if (!replica.canUndo || !replica.may('undo')) return;
    replica.undo();
    ui.takenBack();
    ui.say(t('board.said.undone'));
  }
  function redo(): void {
    if (!replica.canRedo || !replica.may('undo')) return;
    replica.redo();
    ui.say(t('board.said.redone'));
  }

  function comment(line: string, text: string): void {
    if (!replica.may('comment') || !text.trim()) return;
    replica.edit({ type: 'add_comment', comment: replica.newId(), line, text: text.trim() });
    ui.say(t('review.said.commented'));
  }

  return {
    accept,
    acceptAndGo,
    acceptable,
    add,
    comment,
    correct,
    edit,
    keep,
    merge,
    move,
    next,
    reconsider,
    redo,
    reject,
    remove,
    set,
    settle,
    shift,
    show,
    step,
    undo,
    unset,
  };
}
