import type { ErrorKind } from '../../../src/model/error.ts';
import {
  type Check,
  failure,
  idsOf,
  must,
  mustBeSame,
  readRows,
  requestOf,
  variety,
} from '../check.ts';
import type { WorldFault } from '../world.ts';

const kindOf = (fault: WorldFault, kinds: ErrorKind[], words: string): Check => ({
  name: words,
  abilities: [`fail:${fault}`],
  async run({ world }) {
    const ids = await world.create(variety(2));
    const session = await world.open();
    await session.read(requestOf(world), null);
    await world.fail!(fault);
    const error = await failure(
      async () => await session.read(requestOf(world), null),
      `reading when ${fault}`,
      kinds,
    );
    if (error.kind === 'limit') must((error.retryAtMs ?? 0) > 0, 'a limit says when to go on');
    must(
      error.message !== '' && !error.outcomeUnknown,
      'a read says what happened, and changes nothing',
    );
    await world.heal?.();
    if (fault !== 'signedOut')
      mustBeSame(
        idsOf(await readRows(session, requestOf(world))),
        ids,
        'rows when all is well again',
      );
  },
});

/** Rejections that nobody awaits would end a program. */
async function unhandledDuring(work: () => Promise<void>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const note = (reason: unknown): void => {
    seen.push(reason);
  };
  process.on('unhandledRejection', note);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 30));
  } finally {
    process.off('unhandledRejection', note);
  }
  return seen;
}

const orHeadwaterError = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'result',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

export const ERRORS: Check[] = [
  kindOf('busy', ['transient'], 'a busy CRM is a transient error'),
  kindOf(
    'garbled',
    ['transient', 'config'],
    'an answer that is no data is an error, never no rows',
  ),
  kindOf('signedOut', ['auth'], 'the end of the session is an auth error'),
  kindOf('overBudget', ['limit'], 'a used-up budget is a limit error that says when to go on'),
  {
    name: 'a session closed in the middle of a read leaves nothing behind',
    async run({ world }) {
      await world.create(variety(9));
      const outcomes: string[] = [];
      const seen = await unhandledDuring(async () => {
        for (let pages = 0; pages < 2; pages++) {
          const session = await world.open({ pageRows: 2 });
          const first = pages === 0 ? null : (await session.read(requestOf(world), null)).next;
          const reading = [
            session.read(requestOf(world), first),
            session.describe(world.object),
            session.count(requestOf(world)),
          ];
          await session.close();
          outcomes.push(...(await Promise.all(reading.map(orHeadwaterError))));
        }
      });
      must(seen.length === 0, `unhandled: ${String(seen[0])}`);
      must(
        outcomes.every((outcome) => outcome === 'result' || outcome === 'HeadwaterError'),
        `every call ends, with a result or an error of ours: ${outcomes.join(', ')}`,
      );
    },
  },
  {
    name: 'calls that are cut on the wire end as errors of ours, and the next ones work',
    abilities: ['overWire'],
    async run({ world }) {
      const ids = await world.create(variety(5));
      let cut = false;
      const session = await world.open({
        pageRows: 2,
        wire: (inner) => async (input, init) => {
          if (cut) throw new DOMException('This operation was aborted', 'AbortError');
          return await inner(input, init);
        },
      });
      const first = await session.read(requestOf(world), null);
      cut = true;
      const seen = await unhandledDuring(async () => {
        await failure(
          async () => await session.read(requestOf(world), first.next),
          'a read whose call is cut',
          ['transient'],
        );
        await failure(async () => await session.serverTimeMs(), 'the clock, when its call is cut', [
          'transient',
        ]);
      });
      must(seen.length === 0, `unhandled: ${String(seen[0])}`);
      cut = false;
      mustBeSame(
        idsOf(await readRows(session, requestOf(world))),
        ids,
        'rows when the wire is whole again',
      );
    },
  },
];
