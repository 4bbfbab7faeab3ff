import {
  type Check,
  failure,
  idsOf,
  must,
  mustBeSame,
  mustEqual,
  readPages,
  readRows,
  requestOf,
  rowsOf,
  since,
  variety,
} from '../check.ts';

const ROWS = 11;
const PAGE = 3;

export const PAGING: Check[] = [
  {
    name: 'reads every row once, whatever the page size',
    async run({ world, features }) {
      const ids = await world.create(variety(ROWS));
      for (const pageRows of [1, PAGE, ROWS, ROWS + 1, undefined]) {
        const pages = await readPages(
          await world.open(pageRows === undefined ? {} : { pageRows }),
          requestOf(world),
        );
        mustBeSame(idsOf(rowsOf(pages)), ids, `rows with ${pageRows ?? 'ordinary'} rows a page`);
        must(
          pages.every((page) => page.rows.length <= features.readPage),
          'no page is larger than declared',
        );
        for (const page of pages)
          must(page.totalRows === null || page.totalRows >= 0, 'totalRows is a count');
      }
    },
  },
  {
    name: 'reads an object without rows',
    async run({ world }) {
      const pages = await readPages(await world.open(), requestOf(world));
      mustEqual(rowsOf(pages), [], 'rows of an empty object');
    },
  },
  {
    name: 'goes on from every place, in another session, as often as asked',
    async run({ world }) {
      const beganMs = world.nowMs();
      const ids = await world.create(variety(ROWS));
      await world.advance(60_000);
      for (const request of [
        requestOf(world),
        requestOf(world, since(world, beganMs)),
        requestOf(world, { range: { kind: 'ids', ids } }),
      ]) {
        const pages = await readPages(await world.open({ pageRows: PAGE }), request);
        const before: string[] = [];
        for (const page of pages) {
          before.push(...idsOf(page.rows));
          if (page.next === null) continue;
          for (let time = 0; time < 2; time++) {
            const rest = idsOf(
              rowsOf(await readPages(await world.open({ pageRows: PAGE }), request, page.next)),
            );
            const missed = ids.filter((id) => !before.includes(id) && !rest.includes(id));
            mustEqual(
              missed,
              [],
              `rows missed after going on from ${page.next} (${request.range.kind})`,
            );
          }
        }
      }
    },
  },
  {
    name: 'makes several pages, so that going on is tested at all',
    async run({ world }) {
      await world.create(variety(ROWS));
      const pages = await readPages(await world.open({ pageRows: PAGE }), requestOf(world));
      must(pages.length >= 3, `${ROWS} rows at ${PAGE} a page came in ${pages.length} pages`);
    },
  },
  {
    name: 'refuses a place that it never gave',
    async run({ world }) {
      await world.create(variety(2));
      const session = await world.open();
      for (const next of ['', 'garbage', '{}', '[]', '{"by":"nothing"}', '"; DROP TABLE'])
        await failure(
          async () => await session.read(requestOf(world), next),
          `going on from ${JSON.stringify(next)}`,
        );
    },
  },
  {
    name: 'misses no row when others vanish during the read',
    async run({ world }) {
      const ids = await world.create(variety(ROWS));
      const request = requestOf(world);
      const session = await world.open({ pageRows: PAGE });
      const first = await session.read(request, null);
      const gone = idsOf(first.rows);
      for (const id of gone) await world.destroy(id);
      const rest =
        first.next === null ? [] : idsOf(rowsOf(await readPages(session, request, first.next)));
      mustEqual(
        ids.filter((id) => !gone.includes(id) && !rest.includes(id)),
        [],
        'rows that were there all the time and did not come',
      );
    },
  },
  {
    name: 'misses no row of a window when others change during the read',
    async run({ world }) {
      const beganMs = world.nowMs();
      const ids: string[] = [];
      for (const row of variety(ROWS)) {
        ids.push(...(await world.create([row])));
        await world.advance(1_000);
      }
      const request = requestOf(world, since(world, beganMs));
      const session = await world.open({ pageRows: PAGE });
      const first = await session.read(request, null);
      await world.advance(120_000);
      for (const id of idsOf(first.rows)) await world.update(id, { text: 'changed meanwhile' });
      const rest =
        first.next === null ? [] : idsOf(rowsOf(await readPages(session, request, first.next)));
      mustEqual(
        ids.filter((id) => !idsOf(first.rows).includes(id) && !rest.includes(id)),
        [],
        'rows that did not change and did not come',
      );
    },
  },
  {
    name: 'reads all rows when the CRM gives smaller pages than asked for',
    abilities: ['shrinkPages'],
    async run({ world }) {
      const ids = await world.create(variety(ROWS));
      const session = await world.open({ pageRows: 5 });
      const request = requestOf(world);
      const first = await session.read(request, null);
      await world.shrinkPages!(2);
      const rest = first.next === null ? [] : rowsOf(await readPages(session, request, first.next));
      mustBeSame(
        [...new Set([...idsOf(first.rows), ...idsOf(rest)])],
        ids,
        'rows in spite of pages that shrank midway',
      );
      mustBeSame(
        idsOf(await readRows(await world.open({ pageRows: 5 }), request)),
        ids,
        'rows of small pages from the start',
      );
    },
  },
  {
    name: 'reads rows by id: unknown ones are left out, repeated ones come once',
    async run({ world }) {
      const ids = await world.create(variety(ROWS));
      const [gone] = await world.create(variety(1));
      await world.destroy(gone!);
      const session = await world.open({ pageRows: PAGE });
      const rows = await readRows(
        session,
        requestOf(world, { range: { kind: 'ids', ids: [...ids.slice(0, 7), gone!, ids[0]!] } }),
      );
      mustBeSame(idsOf(rows), ids.slice(0, 7), 'rows by id');
      mustEqual(
        await readRows(session, requestOf(world, { range: { kind: 'ids', ids: [] } })),
        [],
        'rows of no ids',
      );
    },
  },
  {
    name: 'reads with many requests at a time',
    async run({ world }) {
      const ids = await world.create(variety(ROWS));
      const session = await world.open({ pageRows: PAGE });
      const all = await Promise.all(
        Array.from({ length: 4 }, async () => idsOf(await readRows(session, requestOf(world)))),
      );
      for (const each of all) mustBeSame(each, ids, 'rows of one of four reads');
    },
  },
];
