import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from './lab.ts';

const HOUR_MS = 60 * 60_000;

describe('a window that the CRM gives up counting', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 61, partners: 5, deals: 60 });
    // By Bulk, whose answer does not say how many rows there are.
    lab.connection.settings = { ...lab.connection.settings, pageRows: 50, bulkFromRows: 50 };
  });
  afterAll(async () => {
    await lab.close();
  });

  it('is closed half by half, each with a receipt, until all of it is', async () => {
    const asked: string[] = [];
    const allowed = 60;
    lab.wire.fetch = async (input, init) => {
      const soql = decodeURIComponent(String(input).replaceAll('+', ' '));
      const answer = await lab.sandbox.fetch(input, init);
      if (!/COUNT\(\) FROM Task /.test(soql)) return answer;
      const { totalSize } = (await answer.clone().json()) as { totalSize: number };
      asked.push(String(totalSize));
      return totalSize <= allowed
        ? answer
        : Response.json(
            [
              {
                errorCode: 'QUERY_TIMEOUT',
                message: 'Your query request was running for too long.',
              },
            ],
            { status: 400 },
          );
    };
    await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: HOUR_MS, world: false });
    const receipts = [];
    const rows = lab.sandbox.org.table('Task').size;
    expect(rows).toBeGreaterThan(3 * allowed);
    for (let n = 0; n < 12; n++)
      receipts.push(
        ...(await lab.sync()).summary.receipts.filter((receipt) => receipt.object === 'Task'),
      );
    expect(receipts.length).toBeGreaterThan(2);
    expect(receipts.every((receipt) => receipt.verified && receipt.crmCount <= allowed)).toBe(true);
    expect(receipts.slice(1).map((receipt) => receipt.fromMs)).toEqual(
      receipts.slice(0, -1).map((receipt) => receipt.untilMs),
    );
    const last = await lab.sync();
    expect(last.summary.verifiedThroughMs).toBe(last.summary.asOfMs - 10 * 60_000);
    lab.wire.fetch = lab.sandbox.fetch;
  });
});
