import { type Check, failure, must, mustEqual, requestOf } from '../check.ts';

export const SESSION: Check[] = [
  {
    name: 'declares features that can be',
    async run({ features }) {
      must(
        Number.isInteger(features.readPage) && features.readPage >= 1,
        'readPage is a whole number from 1',
      );
      must(
        Number.isInteger(features.writeBatch) && features.writeBatch >= 1,
        'writeBatch is a whole number from 1',
      );
      must(features.stampResolutionMs >= 1, 'stampResolutionMs is at least 1');
      must(features.deleteLogDays >= 0, 'deleteLogDays is not negative');
    },
  },
  {
    name: 'refuses settings that it does not know',
    async run({ connector }) {
      const deps = {
        fetch: globalThis.fetch,
        nowMs: () => 0,
        sleep: async () => {},
        random: () => 0.5,
        log: () => {},
        saveSecret: async () => {},
      };
      const error = await failure(
        async () => await connector.open({ noSuchSetting: 'xyz-secret-zyx' }, {}, deps),
        'an unknown setting',
        ['config'],
      );
      must(
        !error.message.includes('xyz-secret-zyx'),
        'the error does not repeat a value of the settings',
      );
    },
  },
  {
    name: 'says who is connected to what, always the same',
    async run({ world }) {
      const [first, second] = [
        await (await world.open()).identity(),
        await (await world.open()).identity(),
      ];
      must(
        first.orgId !== '' && first.orgName !== '' && first.userName !== '',
        'org and user have names',
      );
      mustEqual(second.orgId, first.orgId, 'the org id in another session');
    },
  },
  {
    name: "tells the CRM's clock",
    async run({ world, features }) {
      const session = await world.open();
      const before = await session.serverTimeMs();
      must(
        Math.abs(before - world.nowMs()) <= Math.max(2_000, features.stampResolutionMs),
        `serverTimeMs is ${before}, the CRM's clock shows ${world.nowMs()}`,
      );
      await world.advance(3_600_000);
      must(
        Math.abs((await session.serverTimeMs()) - world.nowMs()) <= 2_000,
        'serverTimeMs follows the clock',
      );
    },
  },
  {
    name: 'counts its calls',
    async run({ world }) {
      const session = await world.open();
      const before = session.calls();
      await session.read(requestOf(world), null);
      must(session.calls() > before, 'a read is at least one call');
    },
  },
  {
    name: 'checks a connection without ever throwing',
    async run({ world }) {
      const session = await world.open();
      const checks = await session.check([world.object, 'NoSuchObject']);
      must(
        checks.some((check) => check.ok),
        'something passes',
      );
      must(
        checks.some(
          (check) => !check.ok && check.name.includes('NoSuchObject') && (check.cure ?? '') !== '',
        ),
        'an unknown object fails, with a cure',
      );
      must(
        checks.filter((check) => check.name.includes(world.object)).every((check) => check.ok),
        `${world.object} passes: ${JSON.stringify(checks)}`,
      );
    },
  },
  {
    name: 'tells its budget',
    features: ['budget'],
    async run({ world }) {
      const session = await world.open();
      await session.read(requestOf(world), null);
      const before = await session.budget();
      must(
        before.usedCalls !== null &&
          before.limitCalls !== null &&
          before.limitCalls > 0 &&
          before.usedCalls > 0,
        `used and limit are numbers: ${JSON.stringify(before)}`,
      );
      for (let n = 0; n < 3; n++) await session.read(requestOf(world), null);
      const after = await session.budget();
      must(
        (after.usedCalls ?? 0) >= (before.usedCalls ?? 0) + 3,
        `three more reads show in it: ${before.usedCalls} -> ${after.usedCalls}`,
      );
    },
  },
  {
    name: 'invents no budget',
    async run({ world, features }) {
      if (features.budget) return;
      const { usedCalls, limitCalls } = await (await world.open()).budget();
      mustEqual([usedCalls, limitCalls], [null, null], 'without the feature budget, its numbers');
    },
  },
  {
    name: 'closes twice without complaint',
    async run({ world }) {
      const session = await world.open();
      await session.close();
      await session.close();
    },
  },
];
