// What a person can do to the board, by whatever hand: mouse, keys, menu or phone. Each asks the replica, then says so.
import { t } from '../i18n';
import type { Replica } from '../model/replica.svelte';
import type { Kind, NotePatch } from '../wire/types.gen';
import { linkBetween } from './kinds';
import type { Spot, Ui } from './ui.svelte';

export type Acts = ReturnType<typeof makeActs>;

export function makeActs(replica: Replica, ui: Ui) {
  const ids = (spot: { stage: string | null; channel: string | null }) =>
    spot.stage && spot.channel
      ? replica.cell(spot.stage, spot.channel)
      : replica.parked.filter((id) => {
          const note = replica.note(id);
          return note?.stage === spot.stage && note.channel === spot.channel;
        });

  /** The note that follows this one in its cell. */
  function after(id: string): string | null {
    const note = replica.note(id);
    if (!note) return null;
    const list = ids(note);
    return list[list.indexOf(id) + 1] ?? null;
  }

  function set(id: string, patch: NotePatch): void {
    if (replica.may('change_note', id)) replica.edit({ type: 'set_note', note: id, set: patch });
  }

  /** Starts a note here. Nothing is sent before there are words. */
  function write(spot: Spot, kind: Kind | null = ui.kind): void {
    if (!replica.may('add_note')) return;
    ui.select(null);
    ui.write({ ...spot, id: replica.newId(), isNew: true, kind });
  }

  function editText(id: string): void {
    const note = replica.note(id);
    if (!note || !replica.may('change_note', id)) return;
    ui.select(id);
    ui.write({
      id,
      isNew: false,
      stage: note.stage,
      channel: note.channel,
      before: after(id),
      kind: note.kind,
    });
  }

  /** The cell that was written in is gone: the writing goes on where the note is now. */
  function goOn(id: string): void {
    const note = replica.note(id);
    if (!note || note.removedAt !== null || ui.writing) return;
    if (!note.stage || !note.channel) {
      ui.parking = true;
      ui.toast({ text: t('note.moved_away') });
    }
    editText(id);
  }

  /** Sets a field on all that were chosen with this note; one undo takes it all back. */
  function setSeveral(id: string, patch: (id: string) => NotePatch): void {
    const burst = replica.newId();
    for (const note of ui.several(id))
      if (replica.may('change_note', note)) replica.edit({ type: 'set_note', note, set: patch(note) }, burst);
  }

  function setKind(id: string, kind: Kind | null): void {
    const others = (note: string) => replica.note(note)?.kind !== kind && replica.may('change_note', note);
    if (!ui.several(id).some(others)) return;
    setSeveral(id, () => ({ kind }));
    ui.say(kind ? t(`kind.${kind}`) : t('kind.none'));
  }

  function shiftEmotion(id: string, step: 1 | -1): void {
    setSeveral(id, (note) => {
      const now = replica.note(note)?.emotion ?? 0;
      return { emotion: Math.max(-2, Math.min(2, now + step)) };
    });
  }

  function toggleTruth(id: string): void {
    const truth = !replica.note(id)?.momentOfTruth;
    setSeveral(id, () => ({ moment_of_truth: truth }));
  }

  function move(notes: readonly string[], to: Spot): void {
    const movable = notes.filter((id) => replica.may('change_note', id));
    const first = movable[0];
    if (first === undefined) return;
    const here = replica.note(first);
    const stays =
      movable.length === 1 &&
      here?.stage === to.stage &&
      here.channel === to.channel &&
      after(first) === to.before;
    if (stays || (to.before !== null && movable.includes(to.before))) return;
    replica.edit({ type: 'move_notes', notes: [...movable], place: place(to) });
    ui.say(
      to.stage || to.channel
        ? t('board.said.moved', { stage: nameOf('stage', to.stage), channel: nameOf('channel', to.channel) })
        : t('board.said.parked'),
    );
  }

  function duplicate(id: string): string | null {
    if (!replica.may('add_note')) return null;
    const copy = replica.newId();
    replica.edit({ type: 'duplicate_note', note: id, copy });
    ui.select(copy);
    ui.say(t('board.said.duplicated'));
    return copy;
  }

  function remove(id: string): void {
    const notes = ui.several(id).filter((note) => replica.may('change_note', note));
    if (notes.length === 0) return;
    ui.select(null);
    ui.sheet = null;
    replica.edit({ type: 'remove_notes', notes });
    const text = t('board.toast.removed', { n: notes.length });
    ui.toast({ text, undoes: true, action: { label: t('board.undo'), run: () => restore(notes) } });
    ui.say(text);
  }

  function restore(notes: string[]): void {
    replica.edit({ type: 'restore_notes', notes });
    ui.say(t('board.said.restored'));
  }

  function startLink(id: string): void {
    if (!replica.may('link_notes', id)) return;
    ui.select(id);
    ui.sheet = null;
    ui.menu = null;
    ui.linking = id;
    ui.say(t('board.link.how'));
  }

  function link(from: string, to: string): void {
    const one = replica.note(from);
    const other = replica.note(to);
    ui.linking = null;
    if (!one || !other || from === to) return;
    const wanted = linkBetween(one, other);
    const there = replica
      .linksOf(from)
      .some((l) => l.kind === wanted.kind && l.source === wanted.source && l.target === wanted.target);
    if (there) return ui.say(t('board.link.there'));
    replica.edit({ type: 'add_link', link: replica.newId(), ...wanted });
    ui.say(t('board.said.linked'));
  }

  function unlink(id: string): void {
    replica.edit({ type: 'remove_link', link: id });
    ui.say(t('board.said.unlinked'));
  }

  function declareEmpty(stage: string, channel: string, empty: boolean): void {
    if (!replica.may('add_note')) return;
    replica.edit({ type: 'declare_empty', stage, channel, empty });
    ui.say(empty ? t('board.said.empty') : t('board.said.not_empty'));
  }

  /** A note of each text, in order. Gives the id of the last, if there is one. */
  function addMany(texts: readonly string[], spot: Spot, kind: Kind | null): string | null {
    if (texts.length === 0 || !replica.may('add_note')) return null;
    const notes = texts.map((text) => ({ id: replica.newId(), text, ...(kind ? { kind } : {}) }));
    replica.edit({ type: 'add_notes', notes, place: place(spot) });
    ui.say(t('board.said.added', { n: texts.length }));
    return notes.at(-1)?.id ?? null;
  }

  function undo(): void {
    if (!replica.canUndo) return;
    replica.undo();
    ui.takenBack();
    ui.say(t('board.said.undone'));
  }
  function redo(): void {
    if (!replica.canRedo) return;
    replica.redo();
    ui.say(t('board.said.redone'));
  }

  function nameOf(what: 'stage' | 'channel', id: string | null): string {
    if (!id) return t('board.parking');
    const list = what === 'stage' ? replica.stages : replica.channels;
    return list.find((one) => one.id === id)?.name ?? '';
  }

  return {
    after,
    addMany,
    declareEmpty,
    duplicate,
    editText,
    goOn,
    ids,
    link,
    move,
    nameOf,
    redo,
    remove,
    restore,
    set,
    setKind,
    shiftEmotion,
    startLink,
    toggleTruth,
    undo,
    unlink,
    write,
  };
}

/** The place as it travels: absent where nothing is said. */
export function place(spot: Spot): { stage?: string; channel?: string; before?: string } {
  return {
    ...(spot.stage ? { stage: spot.stage } : {}),
    ...(spot.channel ? { channel: spot.channel } : {}),
    ...(spot.before ? { before: spot.before } : {}),
  };
}
