// The board's invitations, asked of the server: no link is kept in the browser.

export type InvitedRole = 'participant' | 'observer' | 'facilitator';

export interface Invitation {
  readonly id: string;
  readonly role: InvitedRole;
  readonly created_at: number;
  readonly uses: number;
  readonly revoked_at: number | null;
  readonly url: string | null;
}

/** An invitation that still lets people in. */
export type Open = Invitation & { readonly url: string };

const at = (board: string) => `/api/boards/${encodeURIComponent(board)}/invitations`;

/** Those that are open, the oldest first. Rejects when the server cannot be reached or refuses. */
export async function openInvitations(board: string): Promise<Open[]> {
  const answer = (await asked(await fetch(at(board)))) as { invitations: Invitation[] };
  return answer.invitations.filter(isOpen);
}

export async function invite(board: string, role: InvitedRole): Promise<Invitation> {
  const answer = await fetch(at(board), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
  });
  return (await asked(answer)) as Invitation;
}

export async function revoke(board: string, invitation: string): Promise<void> {
  const answer = await fetch(`${at(board)}/${encodeURIComponent(invitation)}`, { method: 'DELETE' });
  if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
}

export const qrOf = (board: string, invitation: string): string =>
  `/b/${encodeURIComponent(board)}/qr/${encodeURIComponent(invitation)}.svg`;

export const isOpen = (invitation: Invitation): invitation is Open =>
  invitation.revoked_at === null && invitation.url !== null;

/** Does this link lead nowhere but to the machine that shows it? */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url, 'http://localhost');
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

async function asked(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
