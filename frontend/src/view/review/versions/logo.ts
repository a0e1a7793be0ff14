// Is this file a logo? Told by its first bytes: a name or a type is only what somebody says.

export const LOGO_BYTES = 512 * 1024;
export type LogoFault = 'kind' | 'size' | 'empty';

export async function readLogo(file: Blob): Promise<Blob | LogoFault> {
  if (file.size === 0) return 'empty';
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const type = typeOf(head);
  if (!type) return 'kind';
  return file.size > LOGO_BYTES ? 'size' : new Blob([file], { type });
}

function typeOf(head: Uint8Array): 'image/png' | 'image/jpeg' | null {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  return begins(0xff, 0xd8, 0xff) ? 'image/jpeg' : null;
}
