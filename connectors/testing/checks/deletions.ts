import {
  type Check,
  idsOf,
  MINUTES_MS,
  must,
  mustBeSame,
  mustEqual,
  readOne,
  readRows,
  requestOf,
  since,
  variety,
} from '../check.ts';
import { DAY_MS } from '../../../src/model/time.ts';

export const DELETIONS: Check[] = [
  {
    name: 'leaves a destroyed row out of every read',
    async run({ world }) {
      const [gone, kept] = await world.create(variety(2));
      await world.destroy(gone!);
      const session = await world.open();
      mustBeSame(idsOf(await readRows(session, requestOf(world))), [kept!], 'rows');
      mustEqual(await readOne(session, requestOf(world), gone!), undefined, 'the row by its id');
    },
  },
  {
    name: 'reads a deletion as a change, flagged, and only for whoever asks for deleted rows',
    features: ['deletes'],
    abilities: ['remove'],
    async run({ world }) {
      const [gone, kept] = await world.create(variety(2));
      await world.advance(60_000);
      const beganMs = world.nowMs();
      await world.advance(5_000);
      await world.remove!(gone!);
      await world.advance(5_000);
      const session = await world.open();
      const rows = await readRows(
        session,
        requestOf(world, { ...since(world, beganMs), includeDeleted: true }),
      );
      mustEqual(
        rows.map((row) => [row.id, row.deleted, row.mergedIntoId]),
        [[gone!, true, null]],
        'the change',
      );
      mustBeSame(
        idsOf(await readRows(session, requestOf(world, { includeDeleted: true }))),
        [gone!, kept!],
        'all rows, deleted ones too',
      );
      mustBeSame(idsOf(await readRows(session, requestOf(world))), [kept!], 'rows that are alive');
      mustEqual(
        await readOne(session, requestOf(world), gone!),
        undefined,
        'the deleted row by its id',
      );
    },
  },
  {
    name: 'reads an undelete as a change, alive again with its values',
    features: ['deletes'],
    abilities: ['remove', 'undelete'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const session = await world.open();
      const before = await readOne(session, requestOf(world), id!);
      await world.remove!(id!);
      await world.advance(60_000);
      const beganMs = world.nowMs();
      await world.advance(5_000);
      await world.undelete!(id!);
      await world.advance(5_000);
      const [row, ...others] = await readRows(
        session,
        requestOf(world, { ...since(world, beganMs), includeDeleted: true }),
      );
      mustEqual(
        [row?.id, row?.deleted, row?.fields, others],
        [id!, false, before?.fields, []],
        'the change',
      );
    },
  },
  {
    name: 'logs deletions of both kinds, and vouches for no moment that is not over',
    features: ['deleteLog'],
    abilities: ['remove'],
    async run({ world, features }) {
      const [binned, destroyed, kept] = await world.create(variety(3));
      await world.advance(MINUTES_MS);
      const beganMs = world.nowMs();
      await world.remove!(binned!);
      await world.destroy(destroyed!);
      await world.advance(MINUTES_MS);
      const session = await world.open();
      const log = await session.deleted(world.object, beganMs, world.nowMs() + MINUTES_MS);
      must(log !== null, 'the log reaches back some minutes');
      mustBeSame(
        [...new Set(log!.ids.map((entry) => entry.id))],
        [binned!, destroyed!],
        `logged deletions (${kept} lives)`,
      );
      must(
        log!.coveredUntilMs <= world.nowMs() + features.stampResolutionMs,
        'the future is not covered',
      );
      must(log!.coveredUntilMs > beganMs, 'something is covered');
      must(
        log!.ids.every(
          (entry) =>
            entry.deletedAtMs >= beganMs - MINUTES_MS && entry.deletedAtMs <= world.nowMs(),
        ),
        'each has its time',
      );
      await world.advance(MINUTES_MS);
      mustEqual(
        (await session.deleted(world.object, log!.coveredUntilMs, world.nowMs()))?.ids ?? null,
        [],
        'what follows',
      );
      mustEqual(
        await session.deleted(
          world.object,
          world.nowMs() - (features.deleteLogDays + 10) * DAY_MS,
          world.nowMs(),
        ),
        null,
        'a log that no longer reaches back',
      );
    },
  },
  {
    name: 'claims no delete log that it does not have',
    async run({ world, features }) {
      if (features.deleteLogDays > 0) return;
      mustEqual(
        await (await world.open()).deleted(world.object, world.nowMs() - DAY_MS, world.nowMs()),
        null,
        'deletions without a log',
      );
    },
  },
  {
    name: 'names the winner of a merge on the row that lost',
    features: ['merges'],
    abilities: ['merge'],
    async run({ world }) {
      const [winner, loser, other] = await world.create(variety(3));
      await world.advance(60_000);
      const beganMs = world.nowMs();
      await world.advance(5_000);
      await world.merge!(winner!, loser!);
      await world.advance(5_000);
      const session = await world.open();
      const rows = new Map(
        (
          await readRows(
            session,
            requestOf(world, { ...since(world, beganMs), includeDeleted: true }),
          )
        ).map((row) => [row.id, row]),
      );
      mustEqual(
        [rows.get(loser!)?.deleted, rows.get(loser!)?.mergedIntoId],
        [true, winner!],
        'the row that lost',
      );
      mustEqual(
        [
          rows.get(winner!)?.deleted ?? false,
          rows.get(winner!)?.mergedIntoId ?? null,
          rows.has(other!),
        ],
        [false, null, false],
        'the winner, and a bystander',
      );
      mustBeSame(
        idsOf(await readRows(session, requestOf(world))),
        [winner!, other!],
        'rows that are alive',
      );
    },
  },
];
