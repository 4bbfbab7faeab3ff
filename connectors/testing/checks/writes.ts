import {
  type Check,
  failure,
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

export const WRITES: Check[] = [
  {
    name: 'writes values, answers in order, and moves the stamp',
    async run({ world }) {
      const ids = await world.create(variety(4));
      await world.advance(60_000);
      const beganMs = world.nowMs();
      await world.advance(5_000);
      const { text, number } = world.writable;
      const wanted = [ids[2]!, ids[0]!];
      const outcomes = await (await world.open()).write(
        world.object,
        wanted.map((id, n) => ({ id, fields: { [text]: `written ${n}`, [number]: n + 0.5 } })),
      );
      mustEqual(
        outcomes.map(({ id, status }) => ({ id, status })),
        wanted.map((id) => ({ id, status: 'done' })),
        'outcomes',
      );
      await world.advance(5_000);
      const rows = await readRows(
        await world.open(),
        requestOf(world, { ...since(world, beganMs), fields: [text, number] }),
      );
      mustBeSame(idsOf(rows), wanted, 'rows that changed');
      const told = outcomes.flatMap((outcome) =>
        outcome.status === 'done' && outcome.stampMs !== undefined
          ? [[outcome.id, outcome.stampMs]]
          : [],
      );
      mustEqual(
        told,
        told.map(([id]) => [id, rows.find((row) => row.id === id)?.stampMs]),
        'stamps that the write told, where it did',
      );
      mustEqual(
        wanted.map((id) => rows.find((row) => row.id === id)?.fields),
        wanted.map((_, n) => ({ [text]: `written ${n}`, [number]: n + 0.5 })),
        'values',
      );
    },
  },
  {
    name: 'reads its own write back at once, in the same session',
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const session = await world.open();
      const { text, number } = world.writable;
      const request = requestOf(world, { fields: [text, number] });
      await readOne(session, request, id!);
      for (const fields of [
        { [text]: 'first', [number]: 1.25 },
        { [text]: null, [number]: 0 },
        { [text]: 'third', [number]: null },
      ]) {
        await session.write(world.object, [{ id: id!, fields }]);
        mustEqual((await readOne(session, request, id!))?.fields, fields, 'values after the write');
      }
    },
  },
  {
    name: 'leaves alone what it was not asked to write',
    async run({ world }) {
      const [id, other] = await world.create(variety(2));
      const session = await world.open();
      const { text, number } = world.writable;
      const request = requestOf(world, { fields: [text, number] });
      await session.write(world.object, [{ id: id!, fields: { [text]: 'a', [number]: 5 } }]);
      const before = await readOne(session, request, other!);
      await session.write(world.object, [{ id: id!, fields: { [text]: 'b' } }]);
      mustEqual(
        (await readOne(session, request, id!))?.fields,
        { [text]: 'b', [number]: 5 },
        'the other field of the row',
      );
      mustEqual((await readOne(session, request, other!))?.fields, before?.fields, 'another row');
    },
  },
  {
    name: 'rejects a bad row in words and writes the good ones beside it',
    async run({ world }) {
      const [first, gone, last] = await world.create(variety(3));
      await world.destroy(gone!);
      const session = await world.open();
      const { text, number } = world.writable;
      const rows = [
        { id: first!, fields: { [text]: 'good' } },
        { id: gone!, fields: { [text]: 'no such row' } },
        { id: last!, fields: { [number]: 3.5 } },
      ];
      const outcomes = await session.write(world.object, rows);
      mustEqual(
        outcomes.map((outcome) => [outcome.id, outcome.status]),
        [
          [first!, 'done'],
          [gone!, 'rejected'],
          [last!, 'done'],
        ],
        'outcomes',
      );
      const bad = outcomes[1];
      must(
        bad?.status === 'rejected' && bad.code !== '' && bad.message !== '',
        'the rejection says why',
      );
      must(
        bad?.status === 'rejected' && bad.gone === true,
        'the rejection says that the record is gone',
      );
      mustEqual(
        (await readOne(session, requestOf(world, { fields: [text] }), first!))?.fields[text],
        'good',
        'the good row',
      );
    },
  },
  {
    name: 'rejects a row that the CRM refuses, with its words',
    abilities: ['refuse'],
    async run({ world }) {
      const [good, refused] = await world.create(variety(2));
      await world.refuse!(refused!);
      const { text } = world.writable;
      const outcomes = await (await world.open()).write(
        world.object,
        [refused!, good!].map((id) => ({ id, fields: { [text]: 'x' } })),
      );
      mustEqual(
        outcomes.map((outcome) => outcome.status),
        ['rejected', 'done'],
        'outcomes',
      );
      must(
        outcomes[0]?.status === 'rejected' && outcomes[0].message !== '',
        'the rejection says why',
      );
    },
  },
  {
    name: 'rejects a value of the wrong kind for its row alone',
    async run({ world }) {
      const [good, bad] = await world.create(variety(2));
      const { number } = world.writable;
      const outcomes = await (await world.open()).write(world.object, [
        { id: bad!, fields: { [number]: 'not a number' } },
        { id: good!, fields: { [number]: 7 } },
      ]);
      mustEqual(
        outcomes.map((outcome) => outcome.status),
        ['rejected', 'done'],
        'outcomes',
      );
    },
  },
  {
    name: 'takes a full batch, nothing, and no more than a full batch',
    async run({ world, features }) {
      const { text } = world.writable;
      const session = await world.open();
      mustEqual(await session.write(world.object, []), [], 'outcomes of nothing');
      const [id] = await world.create(variety(1));
      const rows = Array.from({ length: features.writeBatch + 1 }, () => ({
        id: id!,
        fields: { [text]: 'x' },
      }));
      await failure(
        async () => await session.write(world.object, rows),
        'one row more than a batch',
        ['bug'],
      );
      must(
        (await readOne(session, requestOf(world, { fields: [text] }), id!))?.fields[text] !== 'x',
        'a refused batch changed nothing',
      );
    },
  },
  {
    name: 'says so when the outcome of a write is unknown',
    abilities: ['fail:lostAnswer'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const session = await world.open();
      const { text } = world.writable;
      await world.fail!('lostAnswer');
      const error = await failure(
        async () => await session.write(world.object, [{ id: id!, fields: { [text]: 'perhaps' } }]),
        'a write whose answer was lost',
        ['transient'],
      );
      must(error.outcomeUnknown, 'the error says that the outcome is unknown');
      await world.heal?.();
      mustEqual(
        (await readOne(session, requestOf(world, { fields: [text] }), id!))?.fields[text],
        'perhaps',
        'the value read back',
      );
    },
  },
];
