import { crc32 } from 'node:zlib';

/** Signatures and sizes of the ZIP file format (APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16). */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980, the earliest day there is: the same files give the same archive. */
const FIRST_DAY = 0x21;

/** Fields of two and four bytes, in the order and sizes of the format. */
function fields(...values: [size: 2 | 4, value: number][]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );
}

/** An archive of texts, stored without compression. */
export function zipTexts(files: ReadonlyMap<string, string>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, body] = [Buffer.from(path, 'utf8'), Buffer.from(text, 'utf8')];
    const common = fields(
      [2, VERSION],
      [2, FLAGS],
      [2, 0],
      [2, 0],
      [2, FIRST_DAY],
      [4, crc32(body)],
      [4, body.length],
      [4, body.length],
      [2, name.length],
      [2, 0],
    );
    const local = Buffer.concat([fields([4, LOCAL]), common, name, body]);
    const place = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    centrals.push(Buffer.concat([fields([4, CENTRAL], [2, VERSION]), common, place, name]));
    locals.push(local);
    offset += local.length;
  }
  const size = centrals.reduce((sum, one) => sum + one.length, 0);
  const end = fields([4, END], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size]);
  return Buffer.concat([...locals, ...centrals, end, fields([4, offset], [2, 0])]);
}
