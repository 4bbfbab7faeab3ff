/**
 * How large a Salesforce sandbox can be: time to start, memory, and time of indexed pages of 2,000
 * over HTTP, the first ones included.
 * Prints one JSON document. `node test/bench/sandbox.ts [--partners 5000] [--deals 1000000]`; runs
 * itself again with the heap it needs.
 */
import { parseArgs } from 'node:util';
import { heapNeededMb, runAgain } from '../../src/host/node/more-memory.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';

const { values } = parseArgs({
  options: {
    partners: { type: 'string', default: '5000' },
    deals: { type: 'string', default: '1000000' },
  },
});
const partners = Number(values.partners);
const deals = Number(values.deals);
const PAGES = 25;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

async function timed(
  sandbox: Sandbox,
  soqlOrUrl: string,
): Promise<{ ms: number; rows: number; next: string | null; last: Record<string, unknown> }> {
  const url = soqlOrUrl.startsWith('/')
    ? `${sandbox.url}${soqlOrUrl}`
    : `${sandbox.url}/services/data/v66.0/query?q=${encodeURIComponent(soqlOrUrl)}`;
  const from = performance.now();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${sandbox.accessToken}`, connection: 'close' },
  });
  const bytes = await response.arrayBuffer();
  const ms = performance.now() - from;
  // What the client makes of the bytes is its own affair.
  const body = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
    records: Record<string, unknown>[];
    nextRecordsUrl?: string;
  };
  if (!response.ok) throw new Error(JSON.stringify(body));
  return {
    ms,
    rows: body.records.length,
    next: body.nextRecordsUrl ?? null,
    last: body.records.at(-1) ?? {},
  };
}

/** Keyset pages as a sync asks for them: by stamp and id, 2,000 at a time. */
async function keysetPages(
  sandbox: Sandbox,
  object: string,
  fields: string,
): Promise<{ first: number; median: number; worst: number; rows: number }> {
  const took: number[] = [];
  let rows = 0;
  let where = 'SystemModstamp >= 2000-01-01T00:00:00Z';
  for (let page = 0; page < PAGES; page++) {
    const answer = await timed(
      sandbox,
      `SELECT ${fields} FROM ${object} WHERE ${where} ORDER BY SystemModstamp, Id LIMIT 2000`,
    );
    took.push(answer.ms);
    rows += answer.rows;
    if (answer.rows < 2000) break;
    const stamp = String(answer.last['SystemModstamp']).replace('+0000', 'Z');
    where = `(SystemModstamp = ${stamp} AND Id > '${String(answer.last['Id'])}') OR SystemModstamp > ${stamp}`;
  }
  const sorted = [...took].sort((a, b) => a - b);
  return {
    first: round(took[0] ?? 0),
    median: round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    worst: round(sorted.at(-1) ?? 0),
    rows,
  };
}

async function main(): Promise<void> {
  const from = performance.now();
  const sandbox = await startSandbox({ port: 0, partners, deals });
  const startSeconds = (performance.now() - from) / 1000;
  const startCpuSeconds = process.cpuUsage().user / 1e6;
  const { rss, heapUsed } = process.memoryUsage();
  const rows = Object.fromEntries(
    sandbox.org
      .objects()
      .map(({ name }) => [name, sandbox.org.table(name).size])
      .filter(([, size]) => Number(size) > 1000),
  );
  // The client lives in this process: its own first connection and its first large body
  // are not the sandbox's time.
  await timed(sandbox, 'SELECT Id FROM Organization');
  for (let n = 0; n < 10; n++)
    await (
      await fetch(`${sandbox.url}/services/data/v66.0/sobjects/Opportunity/describe`, {
        headers: { authorization: `Bearer ${sandbox.accessToken}` },
      })
    ).arrayBuffer();
  const owner = String(
    (await timed(sandbox, 'SELECT OwnerId FROM Opportunity LIMIT 1')).last['OwnerId'],
  );
  const pages = {
    Opportunity: await keysetPages(
      sandbox,
      'Opportunity',
      'Id, Name, AccountId, OwnerId, StageName, Amount, CloseDate, Probability, CreatedDate, SystemModstamp, Account.Name, Owner.Name',
    ),
    Task: await keysetPages(
      sandbox,
      'Task',
      'Id, Subject, WhatId, WhoId, OwnerId, ActivityDate, Status, SystemModstamp',
    ),
    OpportunityHistory: await keysetPages(
      sandbox,
      'OpportunityHistory',
      'Id, OpportunityId, StageName, Amount, CloseDate, CreatedDate, SystemModstamp',
    ),
    ofOneOwner: round(
      (
        await timed(
          sandbox,
          `SELECT Id, Name, Amount FROM Opportunity WHERE OwnerId = '${owner}' ORDER BY Id LIMIT 2000`,
        )
      ).ms,
    ),
    latest: round(
      (
        await timed(
          sandbox,
          'SELECT Id, SystemModstamp FROM Opportunity ORDER BY SystemModstamp DESC, Id DESC LIMIT 2000',
        )
      ).ms,
    ),
  };
  const advanceFrom = performance.now();
  const moved = (await (
    await fetch(`${sandbox.controlUrl}/clock/advance`, {
      method: 'POST',
      headers: { connection: 'close' },
      body: JSON.stringify({ days: 7 }),
    })
  ).json()) as { events: number };
  const weekSeconds = (performance.now() - advanceFrom) / 1000;
  await sandbox.close();
  process.stdout.write(
    `${JSON.stringify(
      {
        partners,
        deals,
        node: process.version,
        startSeconds: round(startSeconds),
        startCpuSeconds: round(startCpuSeconds),
        rssGb: round(rss / 1e9, 2),
        heapGb: round(heapUsed / 1e9, 2),
        totalRows: sandbox.org
          .objects()
          .reduce((sum, { name }) => sum + sandbox.org.table(name).size, 0),
        rows,
        pageMs: pages,
        firstWeek: { seconds: round(weekSeconds), events: moved.events },
      },
      null,
      2,
    )}\n`,
  );
}

const needed = heapNeededMb(deals);
if (needed === null) await main();
else process.exitCode = await runAgain(needed);
