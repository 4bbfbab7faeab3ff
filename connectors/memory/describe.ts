import type { CrmObject } from '../../src/model/connector.ts';
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
  const cache = new Map<string, Promise<CrmObject | null>>();
  return {
    describe(object) {
      let answer = cache.get(object);
      if (answer === undefined) {
        answer = load(client, object);
        cache.set(object, answer);
        answer.catch(() => cache.delete(object));
      }
      return answer;
    },
    list: async () =>
      await client.call('objects', null, () =>
        [...client.crm.objects.values()].map(({ name, label, custom }) => ({
          name,
          label,
          custom,
        })),
      ),
    forget(object) {
      cache.delete(object);
    },
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
