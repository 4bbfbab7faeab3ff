import type { CrmObject } from '../../src/model/connector.ts';
import { keyedCache } from '../kit/cache.ts';
import type { Client } from './client.ts';
import { STAMP_FIELD } from './crm-schema.ts';

export interface Describer {
  /** null = no such object. */
  describe(object: string): Promise<CrmObject | null>;
  list(): Promise<{ name: string; label: string; custom: boolean }[]>;
  /** Read the object anew next time: its fields changed. */
  forget(object: string): void;
}

/** Describe calls, cached for the life of the session; a failed one is not kept. */
export function makeDescriber(client: Client): Describer {
  const cache = keyedCache((object) => load(client, object));
  return {
    describe: cache.get,
    list: async () =>
      await client.call('objects', null, () =>
        [...client.crm.objects.values()].map(({ name, label, custom }) => ({
          name,
          label,
          custom,
        })),
      ),
    forget: cache.forget,
  };
}

const load = async (client: Client, name: string): Promise<CrmObject | null> =>
  await client.call('describe', name, () => {
    const object = client.crm.objects.get(name);
    if (object === undefined) return null;
    const fields = [...object.fields.values()]
      .filter((field) => !field.hidden)
      .map(({ hidden: _, ...field }) => ({ ...field }));
    return {
      name: object.name,
      label: object.label,
      custom: object.custom,
      fields,
      stampField: STAMP_FIELD,
      tracksDeletes: true,
    };
  });
