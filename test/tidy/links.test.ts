import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const { files, homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  files: string[];
  homepage: string;
};
/** Where our own files stand for somebody who has the package alone. */
const OURS = `${homepage.replace(/#.*$/, '')}/blob/main/`;
const SHIPPED = ['README.md', 'CHANGELOG.md'];

const linksOf = (file: string, pictures = true): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].flatMap(
    (at) => (at[1] === '!' && !pictures ? [] : [at[2]!]),
  );
const anchorsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+\s+(.*)$/gm)].map((at) =>
    at[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

function broken(file: string, link: string): boolean {
  const ours = link.startsWith(OURS);
  if (!ours && /^[a-z]+:/.test(link)) return false;
  const [path = '', anchor] = (ours ? link.slice(OURS.length) : link).split('#');
  const target = ours
    ? join(ROOT, path)
    : path === ''
      ? join(ROOT, file)
      : join(ROOT, dirname(file), path);
  return (
    !existsSync(target) ||
    (anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor))
  );
}

describe('links of the documents', () => {
  const documents = globSync('{*.md,docs/**/*.md,connectors/**/*.md}', { cwd: ROOT });

  it('lead somewhere', () => {
    expect(documents.length).toBeGreaterThan(20);
    expect(
      documents.flatMap((file) =>
        linksOf(file).flatMap((link) => (broken(file, link) ? [`${file}: ${link}`] : [])),
      ),
    ).toEqual([]);
  });

  it('of what is shipped lead to what is shipped, or out to the repository', () => {
    expect(
      SHIPPED.flatMap((file) =>
        // Pictures are shown where the README is read in the repository.
        linksOf(file, false).filter(
          (link) =>
            !/^([a-z]+:|#)/.test(link) &&
            !files.some((shipped) => link === shipped || link.startsWith(`${shipped}/`)),
        ),
      ),
    ).toEqual([]);
  });
});
