import type { PartnerOptimism } from '../../src/model/record.ts';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openLab, type Lab } from '../sync/lab.ts';
import { openHttpLab, type HttpLab } from './lab.ts';
import { story } from '../story.ts';

describe('record, backtest and changes over HTTP', () => {
  let lab: Lab;
  let http: HttpLab;
  const get = async (path: string) =>
    await http.call('GET', `/v1/connections/lab/${path}`, { token: http.tokens.read });
  beforeAll(async () => {
    lab = await openLab({ partners: 2, deals: 12 });
    await lab.sync();
    http = await openHttpLab({ stores: new Map([['DB', lab.store]]) });
  });
  afterAll(async () => {
    http.close();
    await lab.close();
  });

  const then = story('answer what there is, before and after a replay');
  then('answers what there is, and 404 with a cure where there is nothing yet', async () => {
    const record = (await (await get('record')).json()) as { live: { statements: number } };
    expect(record).toMatchObject({
      live: { source: 'live', ended: 0 },
      replayed: { source: 'replayed' },
    });
    expect(record.live.statements).toBeGreaterThan(4);
    const { partners } = (record as unknown as { replayed: { partners: PartnerOptimism[] } })
      .replayed;
    expect(partners.length).toBeGreaterThan(0);
    for (const { partnerId, name, littleEvidence } of partners) {
      expect(name).toMatch(/[a-z]/);
      expect(name).not.toBe(partnerId);
      expect(littleEvidence).toBe(true);
    }
    expect((await get('backtest')).status).toBe(404);
    const changes = await get('changes');
    expect(changes.status).toBe(404);
    expect(await changes.json()).toMatchObject({ error: { code: 'NO_EARLIER_RUN' } });
  });

  then('replays on request, and says why a partner changed', async () => {
    const body = { from: '2026-05-01', until: '2026-07-01' };
    const path = '/v1/connections/lab/backtest';
    expect((await http.call('POST', path, { token: http.tokens.read, body })).status).toBe(403);
    const posted = await http.call('POST', path, { token: http.tokens.run, body });
    expect(posted.status).toBe(200);
    expect(await (await get('backtest')).json()).toEqual(await posted.json());
    await lab.control('POST', '/clock/advance', { days: 3 });
    await lab.sync();
    const report = (await (await get('changes?since=run')).json()) as Record<string, unknown>;
    expect(report).toMatchObject({ fromRun: 'run-001', toRun: 'run-002', turned: false });
    expect((await get('changes?since=month')).status).toBe(400);
    expect((await get('changes?partner=nobody-at-all')).status).toBe(404);
  });
});
