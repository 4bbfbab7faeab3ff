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

interface Source {
  name: string;
  content: string;
}

const sourcesOf = (copy: string, folder: string): Source[] =>
  readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(copy, folder, name))
    .map((name) => ({ name, content: readFileSync(name, 'utf8') }));

const OPTIONS = { plugins: null, ignorers: [], excludedMutations: [] };

/** All mutants of a folder of the copy; nothing is changed. */
export async function mutantsOf(copy: string, folder: string): Promise<Mutant[]> {
  const sources = sourcesOf(copy, folder);
  const lines = new Map(sources.map(({ name, content }) => [name, content.split('\n')]));
  const { mutants } = await new Instrumenter(SILENT).instrument(
    sources.map((source) => ({ ...source, mutate: true })),
    OPTIONS,
  );
  return mutants.filter(
    (mutant) =>
      mutant.mutatorName !== 'StringLiteral' ||
      !WORDS.test(textOf(lines.get(mutant.fileName)!, mutant)),
  );
}

const keyOf = ({ fileName, mutatorName, replacement, location: { start, end } }: Mutant): string =>
  JSON.stringify([fileName, mutatorName, replacement, start, end]);

/**
 * Writes the switches of these mutants into the files of the copy, and gives them as they are called
 * there. Those of all others would make every test many times slower.
 */
export async function plant(copy: string, folder: string, chosen: Mutant[]): Promise<Mutant[]> {
  const places = Map.groupBy(chosen, ({ fileName }) => fileName);
  const files = sourcesOf(copy, folder).flatMap((source) => {
    const own = places.get(source.name);
    return own === undefined ? [] : [{ ...source, mutate: own.map(({ location }) => location) }];
  });
  const planted = await new Instrumenter(SILENT).instrument(files, OPTIONS);
  for (const { name, content } of planted.files) writeFileSync(name, content);
  const wanted = new Set(chosen.map(keyOf));
  return planted.mutants.filter((mutant) => wanted.has(keyOf(mutant)));
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
