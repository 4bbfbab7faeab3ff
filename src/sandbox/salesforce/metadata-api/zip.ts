/** Zip archives as the Metadata API exchanges them: named files, stored or deflated. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export type Files = Map<string, Uint8Array>;

/**
 * Vendor's limits of one deployment: files, and bytes when unpacked; above them the archive is
 * refused before it fills the memory.
 */
const MAX_FILES = 10_000;
const MAX_UNPACKED_BYTES = 600 * 1024 * 1024;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE] = [30, 46, 22];
/**
 * The comment after the end record is at most this long, which bounds the search for that record.
 */
const MAX_COMMENT = 0xffff;
const [STORED, DEFLATED] = [0, 8];
/** Names are UTF-8. */
const UTF8_FLAG = 0x0800;
/** 1 January 1980, the earliest date the format knows: the same files give the same bytes. */
const DOS_DATE = 0x0021;
const VERSION = 20;

export class ZipError extends Error {}

/**
 * Files of an archive by path, folders left out. Throws ZipError for what is no archive,
 * is damaged, or is too large.
 */
export function unzip(bytes: Uint8Array): Files {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return entries(view);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError(
      `The archive is damaged: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function entries(view: Buffer): Files {
  const end = findEnd(view);
  const count = view.readUInt16LE(end + 10);
  if (count > MAX_FILES) throw new ZipError(`Maximum number of files (${MAX_FILES}) exceeded`);
  const files: Files = new Map();
  let at = view.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let i = 0; i < count; i++) {
    if (view.readUInt32LE(at) !== CENTRAL)
      throw new ZipError('The archive is damaged: no directory entry where one should be');
    const [nameLength, extraLength, commentLength] = [
      view.readUInt16LE(at + 28),
      view.readUInt16LE(at + 30),
      view.readUInt16LE(at + 32),
    ];
    const name = view.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
    if (!name.endsWith('/')) {
      unpacked += view.readUInt32LE(at + 24);
      if (unpacked > MAX_UNPACKED_BYTES)
        throw new ZipError(
          `Maximum size of request reached. Maximum size of request is ${MAX_UNPACKED_BYTES} bytes.`,
        );
      files.set(name.replace(/\\/g, '/'), content(view, at));
    }
    at += CENTRAL_SIZE + nameLength + extraLength + commentLength;
  }
  return files;
}

function findEnd(view: Buffer): number {
  for (
    let at = view.length - END_SIZE;
    at >= Math.max(0, view.length - END_SIZE - MAX_COMMENT);
    at--
  )
    if (view.readUInt32LE(at) === END) return at;
  throw new ZipError('The file is not a zip archive');
}

/** Sizes come from the directory: a streamed entry's own header leaves them out. */
function content(view: Buffer, at: number): Uint8Array {
  const [method, crc, packed, size, offset] = [
    view.readUInt16LE(at + 10),
    view.readUInt32LE(at + 16),
    view.readUInt32LE(at + 20),
    view.readUInt32LE(at + 24),
    view.readUInt32LE(at + 42),
  ];
  if (view.readUInt32LE(offset) !== LOCAL)
    throw new ZipError('The archive is damaged: no file where the directory says');
  const start =
    offset + LOCAL_SIZE + view.readUInt16LE(offset + 26) + view.readUInt16LE(offset + 28);
  const raw = view.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED)
    throw new ZipError(`Compression method ${method} is not supported`);
  const plain =
    method === STORED
      ? Buffer.from(raw)
      : inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  if (plain.length !== size || crc32(plain) !== crc)
    throw new ZipError('The archive is damaged: wrong checksum');
  return plain;
}

/** An archive of the files in the order given. */
export function zip(files: Files): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, data] of files) {
    const name = Buffer.from(path, 'utf8');
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_FLAG, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    directory.push(
      uint32(CENTRAL),
      uint16(VERSION),
      common,
      Buffer.alloc(10),
      uint32(offset),
      name,
    );
    const local = [uint32(LOCAL), common, name, packed];
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([
    ...parts,
    ...directory,
    uint32(END),
    uint32(0),
    uint16(files.size),
    uint16(files.size),
    uint32(size),
    uint32(offset),
    uint16(0),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
