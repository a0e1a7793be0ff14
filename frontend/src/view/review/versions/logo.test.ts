import { expect, test } from 'vitest';
import { LOGO_BYTES, readLogo } from './logo';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const file = (bytes: number[], size = bytes.length, type = ''): File =>
  new File([new Uint8Array(bytes), new Uint8Array(size - bytes.length)], 'logo', { type });

test('a picture is told by its first bytes, whatever it is called', async () => {
  const read = await readLogo(file(PNG, 40, 'text/plain'));
  expect(read instanceof Blob && read.type).toBe('image/png');
  const other = await readLogo(file([0xff, 0xd8, 0xff, 0xe0], 40, 'image/png'));
  expect(other instanceof Blob && other.type).toBe('image/jpeg');
});

test('what is no picture, too heavy or empty is refused for its own reason', async () => {
  expect(
    await readLogo(
      file(
        [...'<svg/>'].map((c) => c.charCodeAt(0)),
        6,
        'image/png',
      ),
    ),
  ).toBe('kind');
  expect(await readLogo(file(PNG, LOGO_BYTES + 1))).toBe('size');
  expect(await readLogo(file(PNG, LOGO_BYTES))).toBeInstanceOf(Blob);
  expect(await readLogo(file([]))).toBe('empty');
});
