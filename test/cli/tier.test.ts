import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { cli, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const tier = async (...args: string[]): Promise<Ran> => await cli(dir, ['tier', ...args]);
const LADDERS = `  tiers:
    ladders:
      - name: all
        rungs:
          - { name: registered }
          - { name: gold, requires: [{ measure: wonYear, atLeast: 1 }], benefits: [an engineer] }
`;

beforeAll(() => csvCompany(dir, 24, YEAR, YEAR - 1));

describe('headwater tier', () => {
  const then = story('goes from no score to an approved tier');
  then(
    'says what to do first where nobody has been scored, and where there are no ladders',
    async () => {
      expect((await tier('show')).stderr).toMatch(/headwater sync run/);
      expect((await cli(dir, ['field', 'deploy'])).stderr).toBe('');
      expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
      expect((await tier('show')).stdout).toMatch(/no ladders: settings\.tiers/);
    },
  );
  then('shows, plans, explains and approves', async () => {
    const given = readFileSync(join(import.meta.dirname, '../../mappings/csv.yaml'), 'utf8');
    const file = join(dir, 'mapping.yaml');
    writeFileSync(file, given.replace(/^settings:\n/m, `settings:\n${LADDERS}`));
    const connection = join(dir, 'headwater.connection.yaml');
    const text = readFileSync(connection, 'utf8');
    writeFileSync(connection, text.replace(/^mapping: .*$/m, `mapping: ${file}`));
    expect((await cli(dir, ['sync', 'run'])).stderr).not.toMatch(/error/i);
    const { partners } = JSON.parse((await tier('show', '--json')).stdout) as {
      partners: { id: string; name: string; standing: { tier: string; state: string } }[];
    };
    expect(partners.length).toBeGreaterThan(0);
    const [one] = partners;
    expect(await tier('show', '--partner', 'zzz')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no scored partner matches "zzz"'),
    });
    expect((await tier('plan')).stdout).toMatch(/is proposed|lapses on|No other tier/);
    const explained = (await tier('explain', '--partner', one!.id)).stdout;
    expect(explained).toMatch(/met: .* won in twelve months/);
    const args = ['--partner', one!.id, '--by', 'Kim', '--why', 'agreed'];
    expect((await tier('approve', ...args, '--tier', 'Platinum')).stderr).toMatch(
      /Its tiers are: registered, gold/,
    );
    expect((await tier('approve', ...args, '--tier', 'gold')).stdout).toMatch(
      /gold approved by Kim on .*: agreed/,
    );
    expect((await tier('explain', '--partner', one!.id)).stdout).toMatch(/gold approved by Kim/);
    expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
    const after = JSON.parse((await tier('show', '--json', '--partner', one!.id)).stdout) as {
      partners: { standing: { tier: string } }[];
    };
    expect(after.partners[0]!.standing.tier).toBe('gold');
  });
});
