import type { ReadRequest } from '../../../src/model/connector.ts';
import { type Check, must, mustEqual, readOne, readRows, requestOf, variety } from '../check.ts';

export const RELATIONS: Check[] = [
  {
    name: 'reads associations, and a change of nothing but them',
    features: ['associations'],
    abilities: ['link', 'unlink'],
    async run({ world }) {
      const [id, lonely] = await world.create(variety(2));
      const first = await world.link!(id!);
      const session = await world.open();
      const request = requestOf(world, { associations: [first.type] });
      const linksOf = async (row: string): Promise<string[] | null | undefined> =>
        (await readOne(session, request, row))?.links?.[first.type]
          ?.map((link) => link.toId)
          .toSorted();
      mustEqual(await linksOf(id!), [first.toId], 'one link');
      mustEqual(await linksOf(lonely!), [], 'a row without links');
      await world.advance(60_000);
      const second = await world.link!(id!);
      mustEqual(
        await linksOf(id!),
        [first.toId, second.toId].toSorted(),
        'links after another was added',
      );
      await world.unlink!(id!, first);
      mustEqual(await linksOf(id!), [second.toId], 'links after one was removed');
      const all = new Map(
        (await readRows(session, request)).map((row) => [
          row.id,
          row.links?.[first.type]?.map((link) => link.toId),
        ]),
      );
      mustEqual(
        [all.get(id!), all.get(lonely!)],
        [[second.toId], []],
        'links in a read of all rows',
      );
      must(
        (await readOne(session, requestOf(world), id!))?.links?.[first.type] === undefined,
        'links that were not asked for are not told',
      );
    },
  },
  {
    name: 'says "not read" when associations cannot be read, never "none"',
    features: ['associations'],
    abilities: ['link', 'fail:links'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const { type } = await world.link!(id!);
      const session = await world.open();
      const request: ReadRequest = requestOf(world, { associations: [type] });
      await world.fail!('links');
      const links = await readOne(session, request, id!).then(
        (row) => row?.links?.[type],
        (error: unknown) =>
          error instanceof Error && error.name === 'HeadwaterError' ? null : error,
      );
      mustEqual(links, null, 'links after a failed read');
      await world.heal?.();
      must(
        ((await readOne(session, request, id!))?.links?.[type]?.length ?? 0) === 1,
        'the link is there when all is well again',
      );
    },
  },
  {
    name: 'reads every value that a field has had',
    features: ['rowHistory'],
    async run({ world }) {
      const { text, number } = world.fields;
      const [id] = await world.create([{ text: 'one', number: 1 }]);
      for (const value of ['two', 'three']) {
        await world.advance(60_000);
        await world.update(id!, { text: value });
      }
      const row = await readOne(await world.open(), requestOf(world, { history: [text] }), id!);
      const entries = (row?.history ?? [])
        .filter((entry) => entry.field === text)
        .toSorted((a, b) => a.atMs - b.atMs);
      mustEqual(
        entries.map((entry) => entry.value),
        ['one', 'two', 'three'],
        'values in time',
      );
      must(new Set(entries.map((entry) => entry.atMs)).size === 3, 'each with its own time');
      must(
        (row?.history ?? []).every((entry) => entry.field !== number),
        'no history that was not asked for',
      );
    },
  },
];
