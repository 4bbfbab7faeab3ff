import type { CrmFilterTerm } from '../../../src/model/connector.ts';
import {
  type Check,
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

export const WINDOWS: Check[] = [
  {
    name: 'takes the first moment of a window and leaves the last to the next one',
    async run({ world, features }) {
      const ids: string[] = [];
      for (const row of variety(4)) {
        ids.push(...(await world.create([row])));
        await world.advance(60_000);
      }
      const session = await world.open();
      const stamps = new Map(
        (await readRows(session, requestOf(world))).map((row) => [row.id, row.stampMs]),
      );
      const at = (n: number): number => stamps.get(ids[n]!)!;
      must(at(0) < at(1) && at(1) < at(2) && at(2) < at(3), 'stamps follow the clock');
      const within = async (fromMs: number, untilMs: number): Promise<string[]> =>
        idsOf(
          await readRows(
            session,
            requestOf(world, { range: { kind: 'changed', fromMs, untilMs } }),
          ),
        );
      mustBeSame(await within(at(1), at(3)), [ids[1]!, ids[2]!], 'rows of [second, fourth)');
      mustBeSame(
        await within(at(1) + features.stampResolutionMs, at(3) + features.stampResolutionMs),
        [ids[2]!, ids[3]!],
        'rows of (second, fourth]',
      );
      mustBeSame(await within(at(3) + 60_000, at(3) + 120_000), [], 'rows of a window after all');
    },
  },
  {
    name: 'reads all rows of one stamp, however many pages they fill',
    async run({ world }) {
      const atMs = Math.floor(world.nowMs() / 1_000) * 1_000;
      await world.advance(1_000);
      const ids = await world.create(variety(13), { atMs });
      await world.advance(60_000);
      const session = await world.open({ pageRows: 3 });
      for (const range of [
        { kind: 'changed', fromMs: atMs, untilMs: atMs + 1_000 },
        { kind: 'changed', fromMs: atMs, untilMs: world.nowMs() },
      ] as const) {
        mustBeSame(
          idsOf(rowsOf(await readPages(session, requestOf(world, { range })))),
          ids,
          'rows of one stamp',
        );
      }
    },
  },
  {
    name: 'finds a row that was committed late, with an older stamp than rows already read',
    async run({ world }) {
      const beganMs = world.nowMs();
      await world.advance(30_000);
      const early = await world.create(variety(3));
      await world.advance(60_000);
      const session = await world.open();
      mustBeSame(
        idsOf(await readRows(session, requestOf(world, since(world, beganMs)))),
        early,
        'rows before the late commit',
      );
      const late = await world.create(variety(1), { atMs: beganMs + 10_000 });
      mustBeSame(
        idsOf(await readRows(session, requestOf(world, since(world, beganMs)))),
        [...early, ...late],
        'rows after the late commit',
      );
    },
  },
  {
    name: 'reads an update as a change with a later stamp',
    async run({ world }) {
      const [id, other] = await world.create(variety(2));
      await world.advance(60_000);
      const beganMs = world.nowMs();
      await world.advance(5_000);
      await world.update(id!, { text: 'moved', number: null });
      await world.advance(5_000);
      const rows = await readRows(await world.open(), requestOf(world, since(world, beganMs)));
      mustBeSame(idsOf(rows), [id!], `changed rows (${other} did not change)`);
      mustEqual(
        [rows[0]?.fields[world.fields.text], rows[0]?.fields[world.fields.number]],
        ['moved', null],
        'their values',
      );
    },
  },
  {
    name: 'counts what it reads',
    features: ['counts'],
    async run({ world }) {
      const beganMs = world.nowMs();
      const ids = await world.create(variety(9));
      await world.advance(60_000);
      const middleMs = world.nowMs();
      await world.update(ids[4]!, { text: 'moved' });
      await world.destroy(ids[8]!);
      await world.advance(60_000);
      const session = await world.open();
      const { fields } = world;
      for (const request of [
        requestOf(world),
        requestOf(world, { includeDeleted: true }),
        requestOf(world, since(world, middleMs)),
        requestOf(world, { range: { kind: 'changed', fromMs: beganMs, untilMs: middleMs } }),
        requestOf(world, { where: [{ field: fields.boolean, op: 'eq', value: true }] }),
        requestOf(world, { range: { kind: 'ids', ids: ids.slice(2, 5) } }),
        requestOf(world, {
          range: {
            kind: 'changed',
            fromMs: world.nowMs() + 60_000,
            untilMs: world.nowMs() + 120_000,
          },
        }),
      ])
        mustEqual(
          await session.count(request),
          (await readRows(session, request)).length,
          `count of ${JSON.stringify(request.range)} ${JSON.stringify(request.where)}`,
        );
    },
  },
  {
    name: 'filters rows in the CRM',
    async run({ world }) {
      const ids = await world.create(variety(6));
      const session = await world.open({ pageRows: 2 });
      const { fields } = world;
      const found = async (...where: CrmFilterTerm[]): Promise<string[]> =>
        idsOf(await readRows(session, requestOf(world, { where })));
      const at = (...positions: number[]): string[] => positions.map((n) => ids[n]!);
      mustBeSame(
        await found({ field: fields.text, op: 'eq', value: 'Row 002' }),
        at(2),
        'text = Row 002',
      );
      mustBeSame(
        await found({ field: fields.text, op: 'in', values: ['Row 001', 'Row 003', 'Row 999'] }),
        at(1, 3),
        'text in (…)',
      );
      mustBeSame(await found({ field: fields.text, op: 'in', values: [] }), [], 'text in ()');
      mustBeSame(
        await found({ field: fields.number, op: 'gte', value: 20.25 }),
        at(2, 3, 5),
        'number >= 20.25',
      );
      mustBeSame(
        await found({ field: fields.number, op: 'lt', value: 10.25 }),
        at(0),
        'number < 10.25',
      );
      mustBeSame(await found({ field: fields.date, op: 'isNull' }), at(3), 'date is empty');
      mustBeSame(
        await found({ field: fields.instant, op: 'notNull' }),
        at(0, 1, 3, 4),
        'instant is not empty',
      );
      mustBeSame(
        await found(
          { field: fields.boolean, op: 'eq', value: true },
          { field: fields.date, op: 'gt', value: '2024-02-27' },
        ),
        at(2, 4),
        'true, and after a day',
      );
    },
  },
];
