import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { SILENT } from './logger.ts';

/**
 * Words for people: that a message says something else is seen by whoever reads it, and a test of
 * every word would only repeat it. Names and keys, which have no space, are code.
 */
const WORDS = /^(['"`])[\s\S]*\s[\s\S]*\1$/;

/** All mutants of a folder, each with its switch written into the files of the copy. */
export async function plant(copy: string, folder: string): Promise<Mutant[]> {
  const files = readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({
      name: join(copy, folder, name),
      mutate: true,
      content: readFileSync(join(copy, folder, name), 'utf8'),
    }));
  const sources = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  const planted = await new Instrumenter(SILENT).instrument(files, {
    ...{ plugins: null, ignorers: [], excludedMutations: [] },
  });
  for (const { name, content } of planted.files) writeFileSync(name, content);
  return planted.mutants.filter(
    (mutant) =>
      mutant.mutatorName !== 'StringLiteral' ||
      !WORDS.test(textOf(sources.get(mutant.fileName)!, mutant)),
  );
}

/** The source that a mutant replaces. */
export function textOf(lines: readonly string[], { location: { start, end } }: Mutant): string {
  const part = lines.slice(start.line, end.line + 1);
  const last = part.length - 1;
  part[last] = part[last]!.slice(0, end.column);
  part[0] = part[0]!.slice(start.column);
  return part.join('\n');
}

/** As many of them as asked, the same ones for the same seed. */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): T[] {
  const rest = [...all];
  let state = seed >>> 0;
  // mulberry32, which is short and mixes well enough to choose by.
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = rest.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rest[i], rest[j]] = [rest[j]!, rest[i]!];
  }
  return rest.slice(0, count);
}
