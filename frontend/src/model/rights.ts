// Who may do what, the twin of the server's domain/rights.py, so that the screen offers only what will be accepted.
// The server decides; both are held to tests/vectors/rights.json.

export type Role = 'facilitator' | 'participant' | 'observer' | 'screen';
export type Level = 'contribute' | 'collaborate' | 'read_only';
export type Action =
  | 'read'
  | 'be_present'
  | 'add_note'
  | 'change_note'
  | 'link_notes'
  | 'shape_grid'
  | 'set_board'
  | 'undo'
  | 'download'
  | 'read_log'
  | 'invite'
  | 'comment'
  | 'review'
  | 'freeze'
  | 'approve';

export interface Standing {
  readonly role: Role;
  readonly level: Level;
  readonly locked: boolean;
}

const LOOK: readonly Action[] = ['read', 'be_present', 'download'];
const WRITE: readonly Action[] = ['add_note', 'change_note', 'link_notes', 'undo'];
const LEAD: readonly Action[] = ['shape_grid', 'set_board', 'read_log', 'invite', 'review', 'freeze'];
const SPEAK: readonly Action[] = ['comment', 'approve']; // of a specification, whatever the phase of the board
const EDITS: readonly Action[] = [...WRITE, 'shape_grid', 'set_board', 'review'];

/** Is `action` allowed? `own`: was what it touches made by the one who asks? */
export function may({ role, level, locked }: Standing, action: Action, own = true): boolean {
  if (role === 'screen') return action === 'read';
  if (LOOK.includes(action)) return true;
  if (role === 'observer') return false;
  if (locked && EDITS.includes(action)) return role === 'facilitator' && action === 'set_board';
  if (role === 'facilitator' || SPEAK.includes(action)) return true;
  if (LEAD.includes(action) || level === 'read_only') return false;
  if (action === 'add_note' || action === 'undo') return true;
  return own || level === 'collaborate';
}

export function isRole(word: string): word is Role {
  return word === 'facilitator' || word === 'participant' || word === 'observer' || word === 'screen';
}
