/**
 * Proves the sandbox with the vendor's own command line tool: every step is a command a person
 * might type. `npm run check:sf-cli`
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../src/sandbox/index.ts';
import { cliFolder, cliIn, install, type Cli } from './sf-cli/cli.ts';
import { deployments } from './sf-cli/deployments.ts';
import { writeCheckProject } from './sf-cli/project.ts';
import { writeMadePackage } from './sf-cli/made-package.ts';
import { must, ORG, query, result, step, tally, type Queried } from './sf-cli/steps.ts';

const nameOfTest = (text: string) => `SF CLI ${text}`;

async function logins(sandbox: Sandbox, folder: string, work: string, cli: Cli): Promise<void> {
  const instance = ['--instance-url', sandbox.url];
  await step('log in with an access token', async () => {
    const { username } = await result<{ username: string }>(
      cli,
      [
        'org',
        'login',
        'access-token',
        ...instance,
        '--no-prompt',
        '--alias',
        'check',
        '--set-default',
      ],
      { env: { SF_ACCESS_TOKEN: sandbox.accessToken } },
    );
    must(username === sandbox.username, `logged in as ${username}`);
  });
  await step('log in with a signed assertion (JWT)', async () => {
    const keyFile = join(work, 'key.pem');
    writeFileSync(keyFile, sandbox.privateKeyPem, { mode: 0o600 });
    // The same user twice in one home would be one login.
    const other = cliIn(folder, join(work, 'home-jwt'));
    await result(other, [
      'org',
      'login',
      'jwt',
      '--client-id',
      sandbox.clientId,
      '--jwt-key-file',
      keyFile,
      '--username',
      sandbox.username,
      ...instance,
      '--alias',
      'check',
    ]);
    const { connectedStatus } = await result<{ connectedStatus: string }>(other, [
      'org',
      'display',
      ...ORG,
    ]);
    must(connectedStatus === 'Connected', connectedStatus);
  });
}

async function reading(sandbox: Sandbox, cli: Cli): Promise<void> {
  await step('show the org and its limits', async () => {
    must(
      (await result<{ id: string }>(cli, ['org', 'display', ...ORG])).id === sandbox.org.id,
      'another org',
    );
    must(
      (await result<{ name: string }[]>(cli, ['org', 'list', 'limits', ...ORG])).some(
        ({ name }) => name === 'DailyApiRequests',
      ),
      'no DailyApiRequests',
    );
  });
  await step('an address that opens the org', async () => {
    const { url } = await result<{ url: string }>(cli, [
      'org',
      'open',
      ...ORG,
      '--url-only',
      '--path',
      '/lightning/setup',
    ]);
    must(url.startsWith(`${sandbox.url}/secur/frontdoor.jsp?otp=`) && (await fetch(url)).ok, url);
  });
  await step('list and describe objects', async () => {
    must(
      (await result<string[]>(cli, ['sobject', 'list', ...ORG, '-s', 'all'])).includes(
        'Opportunity',
      ),
      'no Opportunity',
    );
    const { fields } = await result<{ fields: { name: string }[] }>(cli, [
      'sobject',
      'describe',
      ...ORG,
      '-s',
      'Account',
    ]);
    must(
      fields.some(({ name }) => name === 'AnnualRevenue'),
      'no AnnualRevenue',
    );
  });
}

async function querying(sandbox: Sandbox, cli: Cli): Promise<void> {
  await step('query as JSON over several pages', async () => {
    const count = sandbox.org.recordCount('Opportunity');
    const { records, totalSize } = await query(
      cli,
      'SELECT Id, Name, Account.Name FROM Opportunity',
    );
    must(
      totalSize === count &&
        records.length === count &&
        count > sandbox.vendor.site.switches.pageSizeMax,
      `${records.length} of ${count} rows`,
    );
  });
  await step('query as CSV', async () => {
    const answer = await cli.sf([
      'data',
      'query',
      ...ORG,
      '-r',
      'csv',
      '-q',
      'SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName',
    ]);
    const lines = answer.stdout.trim().split('\n');
    must(
      answer.exitCode === 0 &&
        lines.some((line) => line.endsWith('StageName,n')) &&
        lines.some((line) => /^Closed Won,\d+$/.test(line)),
      answer.stdout.slice(0, 300),
    );
  });
  await step('query the schema through the Tooling API', async () => {
    must(
      (
        await result<Queried>(cli, [
          'data',
          'query',
          ...ORG,
          '-t',
          '-q',
          "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'",
        ])
      ).totalSize > 0,
      'no custom fields',
    );
  });
  await step('any REST resource', async () => {
    const answer = await cli.sf(['api', 'request', 'rest', '/services/data/v66.0/limits', ...ORG]);
    must(
      answer.exitCode === 0 && answer.stdout.includes('DailyApiRequests'),
      answer.stdout.slice(0, 300),
    );
  });
}

async function writing(cli: Cli, work: string): Promise<void> {
  await step('create, read, change, find and delete one record', async () => {
    const [name, where] = [
      nameOfTest('one'),
      ['-s', 'Account', '-w', `Name='${nameOfTest('one')}'`],
    ];
    await result(cli, [
      'data',
      'create',
      'record',
      ...ORG,
      '-s',
      'Account',
      '-v',
      `Name='${name}' AnnualRevenue=5`,
    ]);
    await result(cli, ['data', 'update', 'record', ...ORG, ...where, '-v', 'AnnualRevenue=7']);
    must(
      (await result<{ AnnualRevenue: number }>(cli, ['data', 'get', 'record', ...ORG, ...where]))
        .AnnualRevenue === 7,
      'not changed',
    );
    const { searchRecords } = await result<{ searchRecords: unknown[] }>(cli, [
      'data',
      'search',
      ...ORG,
      '-q',
      'FIND {"SF CLI one"} IN NAME FIELDS RETURNING Account(Id, Name)',
    ]);
    must(searchRecords.length === 1, `${searchRecords.length} found`);
    await result(cli, ['data', 'delete', 'record', ...ORG, ...where]);
    must(
      (await query(cli, `SELECT Id FROM Account WHERE Name = '${name}'`)).totalSize === 0,
      'not deleted',
    );
  });
  await step('import a tree of records', async () => {
    const file = join(work, 'tree.json');
    const contact = {
      attributes: { type: 'Contact', referenceId: 'c1' },
      LastName: nameOfTest('child'),
    };
    writeFileSync(
      file,
      JSON.stringify({
        records: [
          {
            attributes: { type: 'Account', referenceId: 'a1' },
            Name: nameOfTest('tree'),
            Contacts: { records: [contact] },
          },
        ],
      }),
    );
    await result(cli, ['data', 'import', 'tree', ...ORG, '-f', file]);
    must(
      (await query(cli, `SELECT Id FROM Contact WHERE Account.Name = '${nameOfTest('tree')}'`))
        .totalSize === 1,
      'no child',
    );
  });
}

async function bulk(sandbox: Sandbox, cli: Cli, work: string): Promise<void> {
  await step('export in bulk', async () => {
    const file = join(work, 'accounts.csv');
    await result(cli, [
      'data',
      'export',
      'bulk',
      ...ORG,
      '-q',
      'SELECT Id, Name FROM Account',
      '--output-file',
      file,
      '--wait',
      '2',
    ]);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    must(
      lines[0] === '"Id","Name"' && lines.length === sandbox.org.recordCount('Account') + 1,
      `${lines.length - 1} rows under ${lines[0]}`,
    );
  });
  await step('import in bulk', async () => {
    const file = join(work, 'import.csv');
    writeFileSync(
      file,
      `Name,AnnualRevenue\n${nameOfTest('bulk 1')},5\n${nameOfTest('bulk 2')},6\n`,
    );
    const { successfulRecords } = await result<{ successfulRecords: number }>(cli, [
      'data',
      'import',
      'bulk',
      ...ORG,
      '-s',
      'Account',
      '-f',
      file,
      '--wait',
      '2',
    ]);
    must(successfulRecords === 2, `${successfulRecords} imported`);
  });
}

async function bulkRows(cli: Cli, work: string): Promise<void> {
  await step('upsert in bulk by an external id, twice, to the same rows', async () => {
    const file = join(work, 'upsert.csv');
    for (const revenue of [10, 20]) {
      writeFileSync(
        file,
        `Check_Key__c,Name,AnnualRevenue\nk1,${nameOfTest('upsert 1')},${revenue}\nk2,${nameOfTest('upsert 2')},${revenue}\n`,
      );
      await result(cli, [
        'data',
        'upsert',
        'bulk',
        ...ORG,
        '-s',
        'Account',
        '-i',
        'Check_Key__c',
        '-f',
        file,
        '--wait',
        '2',
      ]);
    }
    const { records } = await query(
      cli,
      'SELECT AnnualRevenue FROM Account WHERE Check_Key__c != null',
    );
    must(
      records.length === 2 && records.every((row) => row.AnnualRevenue === 20),
      JSON.stringify(records),
    );
  });
  await step('a bad row of a bulk import fails alone', async () => {
    const file = join(work, 'bad.csv');
    writeFileSync(file, `Name,AnnualRevenue\n${nameOfTest('good')},1\n,2\n`);
    const answer = await cli.sf([
      'data',
      'import',
      'bulk',
      ...ORG,
      '-s',
      'Account',
      '-f',
      file,
      '--wait',
      '2',
      '--json',
    ]);
    must(
      answer.exitCode !== 0 &&
        (await query(cli, `SELECT Id FROM Account WHERE Name = '${nameOfTest('good')}'`))
          .totalSize === 1,
      answer.stdout.slice(0, 300),
    );
  });
}

async function main(): Promise<void> {
  const folder = cliFolder();
  const work = mkdtempSync(join(tmpdir(), 'headwater-check-sf-'));
  const sandbox = await startSandbox({ port: 0, partners: 12, deals: 600, pageSizeMax: 200 });
  try {
    await step(`the tool is there: ${folder}`, () => install(folder));
    const cli = cliIn(folder, join(work, 'home'));
    const project = join(work, 'project');
    writeCheckProject(project);
    await logins(sandbox, folder, work, cli);
    await reading(sandbox, cli);
    await querying(sandbox, cli);
    await writing(cli, work);
    await deployments(sandbox, cli, 'a small project', project, join(work, 'back'));
    await bulk(sandbox, cli, work);
    await bulkRows(cli, work);
    const own = join(work, 'package');
    await writeMadePackage(own);
    await deployments(sandbox, cli, 'the package', own, join(work, 'package-back'));
    await step('list metadata and its types', async () => {
      must(
        (
          await result<{ metadataObjects: unknown[] }>(cli, [
            'org',
            'list',
            'metadata-types',
            ...ORG,
          ])
        ).metadataObjects.length > 0,
        'no types',
      );
      must(
        (
          await result<{ fullName: string }[]>(cli, [
            'org',
            'list',
            'metadata',
            ...ORG,
            '-m',
            'CustomField',
          ])
        ).some(({ fullName }) => fullName === 'Account.Check_Score__c'),
        'the deployed field is not listed',
      );
    });
  } finally {
    await sandbox.close();
    rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

await main();
