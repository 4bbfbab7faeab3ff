import { plainWords } from '../../model/plain-words.ts';
import type { Speech } from '../../model/language/languages.ts';
import type { ReviewPack } from '../../model/review.ts';
import { reviewPage } from './page.ts';
import { sheetsOf } from './sheets.ts';

/** A name that every file system takes: what a partner is called may be anything. */
const slug = (text: string): string =>
  plainWords(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);

/** Folder of a pack: one that no other pack of `taken` has, also where case does not count. */
export function packName({ shared, internal }: ReviewPack, id: string, taken: Set<string>): string {
  const { partner, period } = shared;
  const parts = [
    slug(partner.name) || slug(id),
    slug(period.label),
    internal === null ? 'shared' : '',
  ];
  const name = parts.filter((part) => part !== '').join('_');
  const free = (n: number): string => (n === 1 ? name : `${name}_${n}`);
  let n = 1;
  while (taken.has(free(n))) n++;
  taken.add(free(n));
  return free(n);
}

/** The files of a pack by name; tables without a row have none. */
export function packFiles(pack: ReviewPack, speech: Speech): [file: string, text: string][] {
  const sheets = sheetsOf(pack.shared, pack.internal, speech);
  const { plan, deals, drivers, coaching, promises, proposals } = sheets;
  const tables = [...plan, deals, drivers, coaching, promises, proposals];
  return [
    ['review.html', reviewPage(pack, sheets, speech)],
    ...tables.flatMap((one): [string, string][] =>
      one === null || one.html === '' ? [] : [[`${one.file}.csv`, one.csv]],
    ),
  ];
}
