import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Asset } from '../../http/api/deps.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** The built pages of the package, each file read once. null = there is no such file. */
export function pageFiles(root: string): (path: string) => Promise<Asset | null> {
  const folder = join(root, 'dist', 'web');
  const held = new Map<string, Asset>();
  return async (path) => {
    const known = held.get(path);
    if (known !== undefined) return known;
    const type = TYPES[extname(path)];
    const file = normalize(join(folder, path));
    if (type === undefined || !file.startsWith(folder)) return null;
    const body = await readFile(file).catch(() => null);
    if (body === null) return null;
    const asset = { body: new Uint8Array(body), type, hashed: path.startsWith('assets/') };
    held.set(path, asset);
    return asset;
  };
}
