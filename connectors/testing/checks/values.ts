import { canonicalJson } from '../../../src/model/canonical.ts';
import {
  type Check,
  idsOf,
  must,
  mustBeSame,
  mustEqual,
  readOne,
  readRows,
  requestOf,
  since,
  variety,
} from '../check.ts';

/** Text that breaks whatever quotes, splits, escapes, counts or guesses wrongly. */
const HOSTILE = [
  `O'Brien & "Söhne" \\ GmbH`,
  "'; DROP TABLE x; --",
  `a,b;c\td|e`,
  'line one\nline two',
  'a ""quoted"" word',
  '100% _wild_ \\%',
  'null',
  'true',
  '007',
  '1e5',
  '=1+1',
  '@cmd',
  '2024-02-30',
  '<script>alert(1)</script>&amp;',
  '${x} {{y}} %s %00',
  '日本語 🚀 e\u0301',
  'עברית العربية',
  '\u200bzero\u00a0width',
  '—–“”…€',
  '__proto__',
  'NaN',
  '-',
  '#N/A',
  '{"a":[1]}',
];

const CANONICAL_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export const VALUES: Check[] = [
  {
    name: 'gives exactly the fields that were asked for, in canonical form',
    async run({ world }) {
      const values = variety(6);
      const ids = await world.create(values);
      const rows = new Map(
        (await readRows(await world.open(), requestOf(world))).map((row) => [row.id, row]),
      );
      for (const [n, id] of ids.entries()) {
        const expected = Object.fromEntries(
          Object.entries(values[n]!).map(([role, value]) => [
            world.fields[role as keyof typeof world.fields],
            value,
          ]),
        );
        mustEqual(rows.get(id)?.fields, expected, `fields of row ${n}`);
        mustEqual(
          [rows.get(id)?.object, rows.get(id)?.deleted, rows.get(id)?.mergedIntoId],
          [world.object, false, null],
          `flags of row ${n}`,
        );
        must(
          Number.isInteger(rows.get(id)?.stampMs) && (rows.get(id)?.stampMs ?? 0) > 0,
          'the stamp is epoch milliseconds',
        );
        const instant = rows.get(id)?.fields[world.fields.instant];
        must(
          instant === null || (typeof instant === 'string' && CANONICAL_INSTANT.test(instant)),
          `${String(instant)} is ISO 8601 UTC with milliseconds`,
        );
      }
      const bare = await readRows(await world.open(), requestOf(world, { fields: [] }));
      mustEqual(
        bare.map((row) => row.fields),
        ids.map(() => ({})),
        'fields when none were asked for',
      );
    },
  },
  {
    name: 'gives a row the same bytes in a full read, a window, by id and in pages of any size',
    async run({ world }) {
      const beganMs = world.nowMs();
      const ids = await world.create([
        ...variety(7),
        ...HOSTILE.slice(0, 6).map((text) => ({ text })),
      ]);
      await world.advance(60_000);
      const bytes = async (
        change: Parameters<typeof requestOf>[1],
        pageRows?: number,
      ): Promise<string[]> =>
        (
          await readRows(
            await world.open(pageRows === undefined ? {} : { pageRows }),
            requestOf(world, change),
          )
        )
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
          .map((row) => canonicalJson(row));
      const full = await bytes({});
      mustEqual(await bytes(since(world, beganMs)), full, 'a window');
      mustEqual(await bytes({ range: { kind: 'ids', ids } }), full, 'by id');
      mustEqual(await bytes({}, 2), full, 'pages of two');
      mustEqual(await bytes(since(world, beganMs), 2), full, 'a window in pages of two');
      mustEqual(await bytes({ includeDeleted: true }), full, 'with deleted rows');
    },
  },
  {
    name: 'carries hostile text unharmed, and filters by it',
    async run({ world }) {
      const ids = await world.create(HOSTILE.map((text) => ({ text })));
      const { text } = world.fields;
      const session = await world.open({ pageRows: 5 });
      const rows = new Map(
        (await readRows(session, requestOf(world, { fields: [text] }))).map((row) => [
          row.id,
          row.fields[text],
        ]),
      );
      mustEqual(
        ids.map((id) => rows.get(id)),
        HOSTILE,
        'texts',
      );
      for (const value of [HOSTILE[0]!, HOSTILE[1]!, HOSTILE[5]!]) {
        mustBeSame(
          idsOf(
            await readRows(
              session,
              requestOf(world, { where: [{ field: text, op: 'eq', value }] }),
            ),
          ),
          [ids[HOSTILE.indexOf(value)]!],
          `rows with ${value}`,
        );
      }
    },
  },
  {
    name: 'writes hostile text so that it comes back unharmed',
    async run({ world, features }) {
      const texts = HOSTILE.slice(0, features.writeBatch);
      const ids = await world.create(texts.map((_, n) => ({ text: `Row ${n}` })));
      const { text } = world.writable;
      const outcomes = await (await world.open()).write(
        world.object,
        ids.map((id, n) => ({ id, fields: { [text]: texts[n]! } })),
      );
      mustEqual(
        outcomes.map((outcome) => outcome.status),
        texts.map(() => 'done'),
        'outcomes',
      );
      const session = await world.open();
      for (const [n, id] of ids.entries())
        mustEqual(
          (await readOne(session, requestOf(world, { fields: [text] }), id))?.fields[text],
          texts[n],
          'the written text',
        );
    },
  },
];
