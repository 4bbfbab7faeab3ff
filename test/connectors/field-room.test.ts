import { expect, it } from 'vitest';
import { startOrg } from './salesforce/support/org.ts';
import { startPortal } from './hubspot/support/portal.ts';
import type { CrmSession, FieldSpec } from '../../src/model/connector.ts';

const specsOf = (object: string, suffix: string): FieldSpec[] =>
  ['one', 'two', 'three'].map((name) => ({
    ...{ object, name: `hw_${name}${suffix}`, label: `Our ${name}`, type: 'number' },
    ...{ precision: 5, scale: 1, description: 'By Headwater' },
  }));

interface Place {
  session: CrmSession;
  /** Calls that changed something. */
  writes: () => number;
  close: () => Promise<void>;
}

const PLACES: Record<string, (room: number) => Promise<Place & { specs: FieldSpec[] }>> = {
  salesforce: async (room) => {
    const org = await startOrg(1, { org: { customFields: room } });
    return {
      session: await org.open(),
      writes: () => org.sandbox.log.list().filter(({ method }) => method !== 'GET').length,
      close: () => org.sandbox.close(),
      specs: specsOf('Account', '__c'),
    };
  },
  hubspot: async (room) => {
    const portal = await startPortal({ switches: { customProperties: room } });
    return {
      session: await portal.open(),
      writes: () => portal.sandbox.log.list().filter(({ method }) => method !== 'GET').length,
      close: () => portal.sandbox.close(),
      specs: specsOf('deals', ''),
    };
  },
};

it.each(Object.keys(PLACES))(
  'more fields than an object takes are refused before the first one is made: %s',
  async (crm) => {
    const { session, writes, close, specs } = await PLACES[crm]!(2);
    try {
      const plan = await session.planFields(specs);
      expect(plan).toEqual(
        specs.map((spec) => ({
          ...spec,
          action: 'conflict',
          detail: `would be one of 3 new fields, and ${spec.object} takes 2 more of its 2`,
          cure: expect.stringMatching(/nobody uses/),
        })),
      );
      const before = writes();
      await session.deployFields(plan);
      expect(writes()).toBe(before);
      const fits = await session.planFields(specs.slice(1));
      expect(fits.map(({ action }) => action)).toEqual(['create', 'create']);
      const made = await session.deployFields(fits);
      expect(made.map(({ error }) => error)).toEqual([null, null]);
      // What is there already takes no room.
      const again = await session.planFields(specs.slice(1));
      expect(again.map(({ action }) => action)).toEqual(['none', 'none']);
      const last = await session.planFields(specs.slice(0, 1));
      expect(last.map(({ action }) => action)).toEqual(['conflict']);
    } finally {
      await close();
    }
  },
);
