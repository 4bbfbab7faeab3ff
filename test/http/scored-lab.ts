import { afterAll, beforeAll } from 'vitest';
import { openLab, type Lab } from '../sync/lab.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

/** A small company that was synced once, and the API over it; both are there once tests run. */
export function scoredLab(): { lab: Lab; http: HttpLab } {
  const held = {} as { lab: Lab; http: HttpLab };
  beforeAll(async () => {
    held.lab = await openLab({ seed: 5, partners: 12, deals: 140 });
    held.http = await openHttpLab({ stores: new Map([['DB', held.lab.store]]) });
    await held.lab.sync();
  });
  afterAll(async () => {
    held.http.close();
    await held.lab.close();
  });
  return held;
}

/** What the API answers to a reader who asks for a page of the lab. */
export const readLab = async <Answer>({ http }: { http: HttpLab }, path: string): Promise<Answer> =>
  (await (
    await http.call('GET', `/v1/connections/lab/${path}`, { token: http.tokens.read })
  ).json()) as Answer;
