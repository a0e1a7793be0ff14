// The fonts of the documents, for the typesetter: whole TrueType files in backend/charniere/fonts/, with their
// licences. Nothing is fetched: the files come with the npm packages. The pages' own font is not here (theme).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const inter = '../node_modules/@expo-google-fonts/inter';
const emoji = '../node_modules/@fontsource/noto-color-emoji';
const target = '../../backend/charniere/fonts';
const weights = ['400Regular', '400Regular_Italic', '500Medium', '600SemiBold', '700Bold', '700Bold_Italic'];

rmSync(path(target), { recursive: true, force: true });
mkdirSync(path(target), { recursive: true });
for (const weight of weights)
  copyFileSync(path(`${inter}/${weight}/Inter_${weight}.ttf`), path(`${target}/Inter_${weight}.ttf`));
copyFileSync(path(`${inter}/LICENSE_FONT`), path(`${target}/LICENSE-Inter.txt`));
const woff = readFileSync(path(`${emoji}/files/noto-color-emoji-emoji-400-normal.woff`));
writeFileSync(path(`${target}/NotoColorEmoji.ttf`), unwrap(woff, ['SVG ']));
copyFileSync(path(`${emoji}/LICENSE`), path(`${target}/LICENSE-NotoColorEmoji.txt`));

/** WOFF 1.0 to TrueType, without some tables: the SVG drawings double the size of what COLR already draws. */
function unwrap(woff, without) {
  const tables = readTables(woff).filter(({ tag }) => !without.includes(tag));
  const header = Buffer.alloc(12 + 16 * tables.length);
  const power = Math.floor(Math.log2(tables.length));
  woff.copy(header, 0, 4, 8); // the flavour
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(16 * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(16 * (tables.length - 2 ** power), 10);
  const parts = [header];
  let offset = header.length;
  tables.forEach(({ tag, checksum, data }, index) => {
    const entry = 12 + 16 * index;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(data.length, entry + 12);
    const padding = Buffer.alloc(-data.length & 3);
    parts.push(data, padding);
    offset += data.length + padding.length;
  });
  return Buffer.concat(parts);
}

function readTables(woff) {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = 44 + 20 * index;
    const [offset, packed, length, checksum] = [4, 8, 12, 16].map((at) => woff.readUInt32BE(entry + at));
    const bytes = woff.subarray(offset, offset + packed);
    const tag = woff.toString('latin1', entry, entry + 4);
    return { tag, checksum, data: packed < length ? inflateSync(bytes) : bytes };
  });
}
