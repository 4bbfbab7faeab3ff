import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CliDeps } from '../deps.ts';

const SCHEMA = 'mapping.schema.json';

/**
 * The JSON Schema beside a mapping, where its first line names it: editors complete and check the
 * document by it. Written anew each time, so that it is that of this version.
 */
export async function writeSchemaBeside(deps: CliDeps, mapping: string): Promise<string> {
  const target = join(dirname(mapping), SCHEMA);
  const shipped = join(deps.packageRoot, 'mappings', SCHEMA);
  if (target !== shipped) await copyFile(shipped, target);
  return target;
}
