import { expect, it } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { testDeps } from './support/deps.ts';
import { byId, readPages, rowsOf } from './support/org.ts';

it('every object of a working org reads byte-equal by REST and by Bulk', async () => {
  const sandbox = await startSandbox({ port: 0, partners: 8, deals: 120 });
  const open = async (settings: Record<string, unknown>) =>
    await salesforce.open(
      { auth: 'access-token', instanceUrl: sandbox.url, ...settings },
      { accessToken: sandbox.accessToken },
      testDeps(),
    );
  const [rest, bulk] = [
    await open({ bulkFromRows: 1_000_000 }),
    await open({ pageRows: 1, bulkFromRows: 0 }),
  ];
  let transports = 0;
  for (const { name } of await rest.listObjects()) {
    const described = await rest.describe(name);
    const own = described?.fields.filter((field) => field.type !== 'other') ?? [];
    const parents = own
      .filter((field) => field.relationshipName === 'Owner' || field.relationshipName === 'Account')
      .map((field) => `${field.relationshipName}.Name`);
    const request = {
      object: name,
      fields: [...own.map((field) => field.name), ...parents],
      where: [],
      range: { kind: 'all' as const },
      includeDeleted: true,
    };
    const [left, right] = [await readPages(rest, request), await readPages(bulk, request)];
    expect(JSON.stringify(byId(rowsOf(right))), name).toBe(JSON.stringify(byId(rowsOf(left))));
    expect(await rest.count(request), name).toBe(rowsOf(left).length);
    if (right.some((page) => page.transport === 'bulk' && page.rows.length > 0)) transports++;
  }
  expect(transports).toBeGreaterThan(15);
  await sandbox.close();
});
