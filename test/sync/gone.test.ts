import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldOf } from '../../src/sandbox/salesforce/http/field-metadata.ts';
import type { Cell } from '../../src/sandbox/salesforce/org-types.ts';
import { readCursor } from '../../src/store/cursors.ts';
import { findConnection } from '../../src/store/runs.ts';
import { accounts, certifications, partners } from '../../src/store/schema.ts';
import { statusOf } from '../../src/store/status.ts';
import { runSync } from '../../src/sync/run/run.ts';
import { openLab, type Lab } from './lab.ts';

const MINUTE_MS = 60_000;
const CERT = 'Partner_Certification__c';

describe('what vanishes from an org pauses its mapping, not the run', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ seed: 71, partners: 8, deals: 60 });
  });
  afterEach(async () => {
    await lab.close();
  });

  const org = () => lab.sandbox.org;
  const pass = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const certs = async () =>
    await lab.store.db
      .select({
        id: certifications.id,
        name: certifications.name,
        expiresOn: certifications.expiresOn,
        deleted: certifications.deleted,
      })
      .from(certifications)
      .orderBy(certifications.id);
  const paused = async () =>
    (await statusOf(lab.store, (await findConnection(lab.store, 'lab'))!)).paused;
  const update = (object: string, id: string, fields: Record<string, Cell>): void => {
    expect(org().update(org().admin, object, id, fields)).toMatchObject({ ok: true });
  };
  const shown = (object: string, name: string, definition: Record<string, unknown>): void => {
    expect(org().createField(object, fieldOf(name, { label: name, ...definition }))).toMatchObject({
      ok: true,
    });
    for (const set of org().userByName(lab.sandbox.username)!.permissionSetIds)
      org().grantField(set, object, name, { edit: true });
    for (const set of org().admin.permissionSetIds)
      org().grantField(set, object, name, { edit: true });
  };

  it('a field that the mapping needs: its object stays as it was, all else runs and is written, and it is read from the beginning when it is back', async () => {
    await lab.sync();
    const before = await certs();
    const [cert, doomed] = before.filter(({ deleted }) => deleted === 0);
    const cursor = await readCursor(lab.store, 'lab', CERT);
    await pass(MINUTE_MS);
    org().deleteField(CERT, 'Expires_On__c');
    update(CERT, cert!.id, { Name: 'Renamed meanwhile' });
    org().remove(org().admin, doomed!.id, { hard: true });
    const [account] = await lab.store.db.select().from(accounts).limit(1);
    update('Account', account!.id, { Name: 'Read all the same' });
    await pass(MINUTE_MS);

    const during = await lab.sync();
    expect(during.run.state).toBe('done');
    expect(during.summary).toMatchObject({
      paused: [{ object: CERT, field: 'Expires_On__c', entities: ['certification'] }],
      writesHeld: false,
    });
    expect(during.summary.pulled.map(({ object }) => object)).not.toContain(CERT);
    expect(during.summary.plan.length).toBeGreaterThan(0);
    expect(during.summary.partners).toBeGreaterThan(0);
    expect(await certs()).toEqual(before);
    expect(
      await lab.store.db
        .select({ name: accounts.name })
        .from(accounts)
        .where(and(eq(accounts.connectionId, 'lab'), eq(accounts.id, account!.id))),
    ).toEqual([{ name: 'Read all the same' }]);
    expect(await readCursor(lab.store, 'lab', CERT)).toEqual({
      ...cursor,
      pausedMs: during.summary.asOfMs,
    });
    expect(await paused()).toEqual([
      {
        object: CERT,
        field: 'Expires_On__c',
        message: expect.stringMatching(/not read.*Restore it.*optional: true/s),
        sinceMs: expect.any(Number),
      },
    ]);
    expect(during.summary.verifiedThroughMs).toBe(cursor.verifiedMs);

    // A day later it is still gone, and still no fault of the run; a full run audits nothing of it.
    await pass(25 * 60 * MINUTE_MS);
    expect((await lab.sync({ full: true })).summary.paused).toHaveLength(1);
    expect(await certs()).toEqual(before);

    shown(CERT, 'Expires_On__c', { type: 'Date' });
    update(CERT, cert!.id, { Expires_On__c: '2029-02-03' });
    await pass(MINUTE_MS);
    const after = await lab.sync();
    expect(after.summary).toMatchObject({
      paused: [],
      pulled: expect.arrayContaining([expect.objectContaining({ object: CERT, mode: 'full' })]),
    });
    const now = new Map((await certs()).map((row) => [row.id, row]));
    expect(now.get(cert!.id)).toMatchObject({
      name: 'Renamed meanwhile',
      expiresOn: '2029-02-03',
      deleted: 0,
    });
    expect(now.get(doomed!.id)?.deleted).toBe(1);
    // The field came back empty under old stamps: only a full pass can see that.
    expect(
      [...now.values()].filter(({ expiresOn, deleted }) => deleted === 0 && expiresOn !== null),
    ).toHaveLength(1);
    expect(await paused()).toEqual([]);
    expect((await readCursor(lab.store, 'lab', CERT)).pausedMs).toBeNull();
    expect((await lab.sync()).summary.pulled.find(({ object }) => object === CERT)?.mode).toBe(
      'changes',
    );
  });

  it('a field of the partners: the run ends, nothing is written back, and the next one that finds it writes', async () => {
    lab.mapping.text = lab.mapping.text.replace(
      'tier: { field: Partner_Tier__c, optional: true }',
      'tier: Partner_Tier__c',
    );
    expect((await lab.sync()).summary.applied.some(({ fields }) => fields > 0)).toBe(true);
    const held = async () =>
      await lab.store.db
        .select({ id: partners.id, tier: partners.tier, deleted: partners.deleted })
        .from(partners)
        .orderBy(partners.id);
    const before = await held();
    org().deleteField('Account', 'Partner_Tier__c');
    // Weeks change scores enough to be written.
    await pass(60 * 24 * 60 * MINUTE_MS);
    const during = await lab.sync();
    expect(during.run.state).toBe('done');
    expect(during.summary).toMatchObject({
      writesHeld: true,
      plan: [],
      applied: [],
      paused: [{ object: 'Account', field: 'Partner_Tier__c', entities: ['partner', 'account'] }],
    });
    expect(during.summary.pulled.map(({ object }) => object)).toContain('Opportunity');
    expect(await held()).toEqual(before);
    expect((await paused())[0]?.message).toContain('no score is written back meanwhile');
    shown('Account', 'Partner_Tier__c', { type: 'Text', length: 255 });
    const after = await lab.sync();
    expect(after.summary).toMatchObject({ writesHeld: false, paused: [] });
    expect(after.summary.applied.some(({ fields }) => fields > 0)).toBe(true);
  });

  it('a whole object that is hidden from the user', async () => {
    await lab.sync();
    const hidden = { on: true };
    lab.wire.fetch = async (input, init) => {
      const url = decodeURIComponent(String(input).replaceAll('+', ' '));
      if (hidden.on && /\/sobjects\/Event\/|FROM Event\b/.test(url))
        return Response.json(
          [
            {
              errorCode: url.includes('/sobjects/') ? 'NOT_FOUND' : 'INVALID_TYPE',
              message: 'The requested resource does not exist',
            },
          ],
          { status: 404 },
        );
      return await lab.sandbox.fetch(input, init);
    };
    await pass(MINUTE_MS);
    const during = await lab.sync();
    expect(during.summary).toMatchObject({
      paused: [{ object: 'Event', field: null, entities: ['activity'] }],
      writesHeld: false,
    });
    expect(await paused()).toMatchObject([{ object: 'Event', field: null }]);
    hidden.on = false;
    expect((await lab.sync()).summary).toMatchObject({
      paused: [],
      pulled: expect.arrayContaining([expect.objectContaining({ object: 'Event', mode: 'full' })]),
    });
  });

  it('a field that vanishes in the middle of a run, and one that is gone when a dead run is taken up', async () => {
    await lab.sync();
    const before = await certs();
    await pass(MINUTE_MS);
    let gone = false;
    lab.wire.fetch = async (input, init) => {
      if (
        !gone &&
        decodeURIComponent(String(input)).replaceAll('+', ' ').includes(`FROM ${CERT}`)
      ) {
        org().deleteField(CERT, 'Issued_On__c');
        gone = true;
      }
      return await lab.sandbox.fetch(input, init);
    };
    const during = await lab.sync();
    expect(gone).toBe(true);
    expect([during.run.state, during.summary.paused]).toEqual([
      'done',
      [{ object: CERT, field: 'Issued_On__c', entities: ['certification'] }],
    ]);
    expect(await certs()).toEqual(before);
    expect(await paused()).toHaveLength(1);
    await pass(MINUTE_MS);
    expect((await lab.sync()).summary.paused).toEqual(during.summary.paused);

    let reads = 0;
    const { connector } = lab;
    lab.connector = {
      ...connector,
      open: async (...given) => {
        const session = await connector.open(...given);
        return {
          ...session,
          read: async (request, next) => {
            if (++reads === 3) throw new Error('died');
            return await session.read(request, next);
          },
        };
      },
    };
    const deps = lab.deps();
    await pass(MINUTE_MS);
    await expect(
      runSync(
        {
          ...deps,
          store: {
            ...deps.store,
            batch: async (...given) => {
              if (reads >= 3) throw new Error('died');
              await deps.store.batch(...given);
            },
          },
        },
        { dryRun: false, full: false },
      ),
    ).rejects.toThrow();
    lab.connector = connector;
    org().deleteField('Partner_Fund__c', 'Spent_On__c');
    await pass(6 * MINUTE_MS);
    const taken = await lab.sync();
    expect(taken.resumed).toBe(true);
    expect(taken.summary.paused.map(({ object, field }) => `${object}.${field}`)).toEqual([
      `${CERT}.Issued_On__c`,
      'Partner_Fund__c.Spent_On__c',
    ]);
  });

  it('a field that was never there is a mistake in the mapping, and stops the run with its line', async () => {
    await lab.sync();
    org().deleteField(CERT, 'Expires_On__c');
    lab.mapping.text = lab.mapping.text.replace('industry: Industry', 'industry: Industri');
    await expect(lab.sync()).rejects.toMatchObject({
      kind: 'config',
      code: 'MAPPING',
      message: expect.stringContaining('Industri'),
    });
  });
});
