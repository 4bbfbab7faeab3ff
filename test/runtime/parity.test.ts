import { expect, it, afterAll, beforeAll, describe } from 'vitest';
import { MAPPING, NOW_MS, openLab, type Lab } from '../sync/lab.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { openWorkerLab, type WorkerLab } from './worker-lab.ts';

describe('x', () => {
  let lab: WorkerLab; let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, seed: 3, partners: 12, deals: 120, nowMs: NOW_MS, ticking: false });
    lab = await openWorkerLab({ TOKEN: sandbox.accessToken });
  }, 60000);
  afterAll(async () => { await lab.close(); await sandbox.close(); });
  it('syncs', async () => {
    await lab.push({ version: 1, id: 'lab', crm: 'salesforce', mapping: 'm.yaml', settings: { auth: 'access-token', instanceUrl: sandbox.url }, secrets: { accessToken: { env: 'TOKEN' } }, shadow: [], limits: { quotaFloorPercent: 30 } }, MAPPING);
    const t = Date.now();
    try { console.log(await lab.sync('lab', NOW_MS), Date.now() - t); } catch (e) { console.log(e); lab.harness.debug(); }
    console.log(lab.harness.getLogs().map((l) => (l as {message: string}).message).filter((m) => /used|fail/.test(m)).join('\n'));
    const t2 = Date.now();
    try { console.log(await lab.sync('lab', NOW_MS + 900000), Date.now() - t2); } catch (e) { console.log(e); lab.harness.debug(); }
  });
});
