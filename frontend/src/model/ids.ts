// New names for edits, notes, links: 126 random bits in 21 characters. Works on plain http, where randomUUID does not.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

export type Bytes = (count: number) => Uint8Array;

export function newId(bytes: Bytes): string {
  let id = '';
  for (const byte of bytes(21)) id += ALPHABET.charAt(byte & 63);
  return id;
}
