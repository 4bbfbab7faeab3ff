import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { HeadwaterError } from '../../src/model/error.ts';
import { listIntents, type Intent } from '../../src/store/intents.ts';
import { takeLease } from '../../src/store/lease.ts';
import { crmRows, issues } from '../../src/store/schema.ts';
import { openLab, type Lab } from './lab.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Sees every write before the CRM does. */
function onWrite(
  lab: Lab,
  work: (send: () => Promise<Response>, body: { records: { id: string }[] }) => Promise<Response>,
): void {
  lab.wire.fetch = async (input, init) => {
    const send = (): Promise<Response> => lab.sandbox.fetch(input, init);
    return init?.method === 'PATCH'
      ? await work(send, JSON.parse(String(init.body)) as { records: { id: string }[] })
      : await send();
  };
}

/** A person's edit, past the engine. */
function type(lab: Lab, object: string, id: string, fields: Record<string, number | string>): void {
  const saved = lab.sandbox.org.update(
    lab.sandbox.org.userByName(lab.sandbox.username)!,
    object,
    id,
    fields,
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved.faults));
}

describe('what schedules of faults found', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 21, partners: 4, deals: 30 });
    lab.mapping.text = lab.mapping.text.replace(
      /\{ value: (partner\.(?:score|scoreLow|scoreHigh|winRate|forecast)) \}/g,
      '{ value: $1, owner: shared }',
    );
  });
  afterAll(async () => {
    await lab.close();
  });

  it('a locked record is tried again and never quarantined', async () => {
    await lab.control('POST', '/clock/advance', { days: 20 });
    let writes = 0;
    onWrite(lab, async (send, body) =>
      ++writes > 3
        ? await send()
        : Response.json(
            body.records.map(() => ({
              success: false,
              errors: [
                {
                  statusCode: 'UNABLE_TO_LOCK_ROW',
                  message: 'unable to obtain exclusive access to this record',
                  fields: [],
                },
              ],
            })),
          ),
    );
    const locked = await lab.sync();
    expect(locked.summary.applied[0]).toMatchObject({ object: 'Account', fields: 0 });
    expect(locked.summary.applied[0]!.rejected).toBeGreaterThan(0);
    expect(
      (await lab.store.db.select().from(issues)).filter((issue) => issue.kind === 'write'),
    ).toEqual([]);
    lab.wire.fetch = lab.sandbox.fetch;
    const next = await lab.sync();
    expect(next.summary.applied[0]).toMatchObject({
      object: 'Account',
      fields: locked.summary.applied[0]!.rejected,
      rejected: 0,
    });
  });

  it('a hard deletion that is committed late is found, although the delete log was read past its time', async () => {
    const [task] = await lab.store.db
      .select({ id: crmRows.id })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Task' and ${crmRows.deleted} = 0`)
      .orderBy(crmRows.id)
      .limit(1);
    await lab.control('POST', '/records', [
      { op: 'delete', id: task!.id, hard: true, commitAfterMs: 9 * MINUTE_MS },
    ]);
    await lab.control('POST', '/clock/advance', { ms: 4 * MINUTE_MS, world: false });
    expect((await lab.sync()).summary.hardDeletes).toBe(0);
    await lab.control('POST', '/clock/advance', { ms: 6 * MINUTE_MS, world: false });
    expect((await lab.sync()).summary.hardDeletes).toBe(1);
  });

  it('what a person types between the pull and the write is held in a shared field', async () => {
    await lab.control('POST', '/clock/advance', { ms: 30 * DAY_MS });
    const plan = await lab.sync({ dryRun: true });
    const planned = (await listIntents(lab.store, plan.run.id, 100_000)).filter(
      (intent) => intent.object === 'Account' && intent.state === 'planned',
    );
    const target = planned.find((intent) => intent.field === 'HW_Partner_Score__c')!;
    // The only read by id of an ordinary run is the engine's last look before it writes.
    let typed = false;
    lab.wire.fetch = async (input, init) => {
      const asked = decodeURIComponent(String(input));
      if (
        !typed &&
        /Id.IN/.test(asked) &&
        asked.includes('HW_Partner_Score__c') &&
        !asked.includes('HW_Next_Action__c')
      ) {
        typed = true;
        type(lab, 'Account', target.recordId, { HW_Partner_Score__c: 77.5 });
      }
      return await lab.sandbox.fetch(input, init);
    };
    const outcome = await lab.sync();
    lab.wire.fetch = lab.sandbox.fetch;
    expect(typed).toBe(true);
    expect(lab.sandbox.org.find(target.recordId)?.row['HW_Partner_Score__c']).toBe(77.5);
    const intents = (await listIntents(lab.store, outcome.run.id, 100_000)).filter(
      (intent) => intent.recordId === target.recordId,
    );
    expect(intents.find((intent) => intent.field === 'HW_Partner_Score__c')).toMatchObject({
      state: 'held',
      reason: 'changed in the CRM since Headwater wrote it',
    });
    expect(intents.filter((intent) => intent.state === 'done').length).toBeGreaterThan(0);
  });

  it('an unknown write is settled field by field: what a person changed since does not disown the rest', async () => {
    await lab.control('POST', '/clock/advance', { ms: 40 * DAY_MS });
    let body: { records: (Record<string, unknown> & { id: string })[] } | null = null;
    let dead = false;
    lab.wire.fetch = async (input, init) => {
      if (dead) throw new TypeError('fetch failed');
      const answer = await lab.sandbox.fetch(input, init);
      if (init?.method !== 'PATCH') return answer;
      dead = true;
      body = JSON.parse(String(init.body)) as typeof body;
      throw new TypeError('fetch failed');
    };
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'transient' });
    lab.wire.fetch = lab.sandbox.fetch;
    const sharedOf = (one: Record<string, unknown>): string[] =>
      Object.keys(one).filter((field) =>
        /^HW_(Partner_Score|Score_Low|Score_High|Win_Rate|Forecast)__c$/.test(field),
      );
    const record = body!.records.find((one) => sharedOf(one).length > 1)!;
    const [typedOver, ...ours] = sharedOf(record);
    type(lab, 'Account', record.id, { [typedOver!]: 66 });
    await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: 90 * DAY_MS });
    const later = await lab.sync();
    const held = (await listIntents(lab.store, later.run.id, 100_000))
      .filter((intent) => intent.recordId === record.id && intent.state === 'held')
      .map((intent) => intent.field);
    expect(held).toContain(typedOver);
    expect(held.filter((field) => ours.includes(field))).toEqual([]);
  });

  it('a refused write tries again once its record changed in the CRM', async () => {
    await lab.control('POST', '/clock/advance', { ms: 30 * DAY_MS });
    lab.sandbox.org.setValidationRule({
      object: 'Account',
      name: 'Closed',
      formula: 'true',
      message: 'the quarter is closed',
      active: true,
    });
    const refused = await lab.sync();
    const [first] = (await listIntents(lab.store, refused.run.id, 100_000)).filter(
      (intent) => intent.state === 'rejected',
    );
    lab.sandbox.org.setValidationRule({
      object: 'Account',
      name: 'Closed',
      formula: 'true',
      message: 'the quarter is closed',
      active: false,
    });
    const waiting = await lab.sync();
    expect(waiting.summary.applied.find((applied) => applied.object === 'Account')).toMatchObject({
      fields: 0,
      rejected: 0,
    });
    type(lab, 'Account', first!.recordId, { Website: 'https://changed.example' });
    await lab.control('POST', '/clock/advance', { ms: 2000, world: false });
    const again = await lab.sync();
    expect(
      (await listIntents(lab.store, again.run.id, 100_000)).filter(
        (intent) => intent.recordId === first!.recordId && intent.field === first!.field,
      ),
    ).toEqual([expect.objectContaining({ state: 'done' })]);
    // What nothing but time can free: the record and the value are as they were.
    const same = async (runId: string): Promise<string[]> => {
      const key = (intent: Intent): string =>
        [intent.recordId, intent.field, intent.newValue].join(' ');
      const before = new Set(
        (await listIntents(lab.store, refused.run.id, 100_000))
          .filter((intent) => intent.state === 'rejected' && intent.recordId !== first!.recordId)
          .map(key),
      );
      return (await listIntents(lab.store, runId, 100_000))
        .filter((intent) => before.has(key(intent)))
        .map((intent) => intent.state);
    };
    expect(new Set(await same(again.run.id))).toEqual(new Set(['held']));
    await lab.control('POST', '/clock/advance', { ms: DAY_MS, world: false });
    expect(new Set(await same((await lab.sync()).run.id))).toEqual(new Set(['done']));
  });

  it('a window closes although the bin was emptied meanwhile', async () => {
    const [task] = await lab.store.db
      .select({ id: crmRows.id })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Task' and ${crmRows.deleted} = 0`)
      .orderBy(crmRows.id)
      .limit(1);
    await lab.control('POST', '/records', [{ op: 'delete', id: task!.id }]);
    await lab.control('POST', '/clock/advance', { ms: 5 * MINUTE_MS, world: false });
    await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: 20 * DAY_MS, world: false });
    const outcome = await lab.sync();
    expect(lab.sandbox.org.find(task!.id, true)).toBeUndefined();
    expect(outcome.summary.receipts.filter((receipt) => !receipt.verified)).toEqual([]);
  });

  it('an engine that was overtaken while it waited writes nothing more', async () => {
    await lab.control('POST', '/clock/advance', { ms: 40 * DAY_MS });
    const connector = lab.connector;
    let overtaken = false;
    lab.connector = {
      ...connector,
      open: async (...given) => {
        const session = await connector.open(...given);
        return {
          ...session,
          read: async (request, next) => {
            const page = await session.read(request, next);
            if (
              request.range.kind === 'ids' &&
              request.fields.every((field) => field.startsWith('HW_'))
            ) {
              overtaken = true;
              await lab.control('POST', '/clock/advance', { ms: 6 * MINUTE_MS, world: false });
              await takeLease(lab.store, 'lab', 'another', lab.sandbox.clock.nowMs(), MINUTE_MS);
            }
            return page;
          },
        };
      },
    };
    let written = 0;
    onWrite(lab, async (send) => {
      written++;
      return await send();
    });
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit', code: 'LEASE_LOST' });
    expect([overtaken, written]).toEqual([true, 0]);
    lab.connector = connector;
    lab.wire.fetch = lab.sandbox.fetch;
  });
});

describe('a first run that dies', () => {
  it('after its read, before the delete log: what is destroyed until the next run is still found', async () => {
    const lab = await openLab({ seed: 22, partners: 3, deals: 12 });
    const connector = lab.connector;
    lab.connector = {
      ...connector,
      open: async (...given) => ({
        ...(await connector.open(...given)),
        deleted: async () => {
          throw new HeadwaterError('transient', 'gone');
        },
      }),
    };
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'transient' });
    lab.connector = connector;
    const [account] = await lab.store.db
      .select({ id: crmRows.id })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Account'`)
      .orderBy(sql`${crmRows.id} desc`)
      .limit(1);
    await lab.control('POST', '/clock/advance', { ms: 30 * MINUTE_MS, world: false });
    const removed = lab.sandbox.org.remove(lab.sandbox.org.admin, account!.id, { hard: true });
    expect(removed.ok).toBe(true);
    await lab.control('POST', '/clock/advance', { ms: 45 * MINUTE_MS, world: false });
    await lab.sync();
    expect(
      await lab.store.db
        .select({ id: crmRows.id })
        .from(crmRows)
        .where(sql`${crmRows.id} = ${account!.id}`),
    ).toEqual([]);
    await lab.close();
  });
});
