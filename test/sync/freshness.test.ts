import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeadwaterError } from '../../src/model/error.ts';
import { statusOf } from '../../src/store/status.ts';
import { findConnection } from '../../src/store/runs.ts';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { salesforce } from '../../connectors/salesforce/index.ts';
import {
  ASSOCIATIONS_REFRESH_MS,
  CALCULATED_REFRESH_MS,
  LATE_INDEX_REFRESH_MS,
  READ_BACK_MS,
  refreshDue,
  SETUP_REFRESH_MS,
} from '../../src/sync/read/freshness.ts';
import { story } from '../story.ts';
import { openLab, type Lab } from './lab.ts';

const HOUR_MS = 60 * 60_000;

describe('fields, links and calculated values have clocks of their own', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 64, partners: 4, deals: 30 });
    const text = lab.mapping.text
      .replace('keep: [Industry, CreatedDate]', 'keep: [Industry, CreatedDate, Parent.Name]')
      .replace(
        '    object: Opportunity\n    # To leave',
        '    object: Opportunity\n    keep: [LastActivityDate]\n    # To leave',
      );
    expect(text).toContain('Parent.Name');
    expect(text).toContain('LastActivityDate');
    lab.mapping.text = text;
  });
  afterAll(async () => {
    await lab.close();
  });
  const then = story('and each is kept from run to run');

  const pass = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const freshness = async () => {
    const { streams } = await statusOf(lab.store, (await findConnection(lab.store, 'lab'))!);
    return Object.fromEntries(
      streams.map(({ object, throughMs, associationsMs, calculatedMs }) => [
        object,
        { fields: throughMs, links: associationsMs, calculated: calculatedMs },
      ]),
    );
  };

  then(
    'the first pass brings all of them; what changed brings fields only; a stream without the kind has no stamp of it',
    async () => {
      const first = (await lab.sync()).summary;
      expect(await freshness()).toMatchObject({
        Account: { fields: first.asOfMs, links: first.asOfMs, calculated: null },
        Task: { links: null },
      });
      await pass(HOUR_MS);
      const second = (await lab.sync()).summary;
      expect(second.asOfMs).toBe(first.asOfMs + HOUR_MS);
      expect(await freshness()).toMatchObject({
        Account: { fields: second.asOfMs, links: first.asOfMs },
      });
      expect(second.pulled.find(({ object }) => object === 'Account')).toMatchObject({
        mode: 'changes',
        fieldsMs: second.asOfMs,
        associationsMs: first.asOfMs,
        calculatedMs: null,
      });
      expect((await freshness())['Opportunity']).toEqual({
        fields: second.asOfMs,
        links: null,
        calculated: first.asOfMs,
      });
    },
  );

  then(
    'links that could not be read leave their stamp where it was, and cost no full pass in every run',
    async () => {
      const before = await freshness();
      await pass(Math.max(ASSOCIATIONS_REFRESH_MS, CALCULATED_REFRESH_MS));
      const { connector } = lab;
      lab.connector = {
        ...connector,
        open: async (...given) => {
          const session = await connector.open(...given);
          return {
            ...session,
            read: async (request, next) => {
              const page = await session.read(request, next);
              return {
                ...page,
                rows: page.rows.map((row, i) =>
                  request.object === 'Account' && i === 0
                    ? {
                        ...row,
                        fields: Object.fromEntries(
                          Object.entries(row.fields).filter(([name]) => name !== 'Parent.Name'),
                        ),
                      }
                    : row,
                ),
              };
            },
          };
        },
      };
      const blind = (await lab.sync()).summary;
      lab.connector = connector;
      expect(blind.pulled.find(({ object }) => object === 'Account')).toMatchObject({
        mode: 'refresh',
        fieldsMs: blind.asOfMs,
        associationsMs: before['Account']?.links,
      });
      expect((await freshness())['Opportunity']).toEqual({
        fields: blind.asOfMs,
        links: null,
        calculated: blind.asOfMs,
      });
      await pass(HOUR_MS);
      expect(
        (await lab.sync()).summary.pulled.find(({ object }) => object === 'Account')?.mode,
      ).toBe('changes');
      await pass(ASSOCIATIONS_REFRESH_MS);
      const seeing = (await lab.sync()).summary;
      expect(seeing.pulled.find(({ object }) => object === 'Account')).toMatchObject({
        mode: 'refresh',
        associationsMs: seeing.asOfMs,
      });
    },
  );

  then(
    'a pass that another run ends vouches for no links of the pages that it did not see',
    async () => {
      const before = (await freshness())['Account']!;
      await pass(ASSOCIATIONS_REFRESH_MS);
      const { connector } = lab;
      let dies = true;
      lab.connector = {
        ...connector,
        open: async (...given) => {
          const session = await connector.open(...given);
          return {
            ...session,
            read: async (request, next) => {
              if (request.object !== 'Account' || request.range.kind !== 'all')
                return await session.read(request, next);
              if (next !== null && dies) throw new HeadwaterError('transient', 'the line is dead');
              const page = await session.read(request, null);
              return next !== null
                ? page
                : {
                    ...page,
                    next: 'second page',
                    rows: page.rows.map((row) => ({
                      ...row,
                      fields: Object.fromEntries(
                        Object.entries(row.fields).filter(([name]) => name !== 'Parent.Name'),
                      ),
                    })),
                  };
            },
          };
        },
      };
      await expect(lab.sync()).rejects.toMatchObject({ kind: 'transient' });
      dies = false;
      await pass(HOUR_MS);
      expect(
        (await lab.sync()).summary.pulled.find(({ object }) => object === 'Account'),
      ).toMatchObject({ mode: 'resumed', associationsMs: before.links });
      lab.connector = connector;
    },
  );
});

describe('an index that may be later than windows wait', () => {
  const plain = { associations: false, calculated: false, linked: [] };
  it('brings a full pass a day even to a stream without links or worked-out values, and only where the CRM promises less', () => {
    expect(
      [LATE_INDEX_REFRESH_MS - 1, LATE_INDEX_REFRESH_MS].map((sinceMs) =>
        refreshDue(plain, hubspot.features, sinceMs, false),
      ),
    ).toEqual([false, true]);
    expect(refreshDue(plain, salesforce.features, 6 * LATE_INDEX_REFRESH_MS, false)).toBe(false);
    // Set-up changes values without a stamp: sooner where Headwater wrote some of them.
    expect(refreshDue(plain, salesforce.features, SETUP_REFRESH_MS, false)).toBe(true);
    expect(refreshDue(plain, salesforce.features, READ_BACK_MS, true)).toBe(true);
  });
});
