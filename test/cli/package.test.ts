import { describe, expect, it } from 'vitest';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memory } from '../../connectors/memory/index.ts';
import { cli, ROOT, tempDir } from './harness.ts';

const SHIPPED = readFileSync(join(ROOT, 'mappings/salesforce.yaml'), 'utf8');
const COMPONENT = 'out/force-app/main/default/lwc/headwaterScore/fields.js';

function folderWith(mapping: string, crm = 'salesforce'): string {
  const dir = tempDir();
  writeFileSync(
    join(dir, 'headwater.connection.yaml'),
    `version: 1\nid: own\ncrm: ${crm}\nmapping: mapping.yaml\nsettings: {}\nsecrets: {}\n`,
  );
  writeFileSync(join(dir, 'mapping.yaml'), mapping);
  return dir;
}

describe('headwater package', () => {
  it('makes it from the shipped mapping where there is no connection, and says so', async () => {
    const dir = tempDir();
    const { code, stdout } = await cli(dir, ['package', 'salesforce', '--out', 'out']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('the shipped mapping')]);
    expect(stdout).toContain('sf project deploy start');
    expect(readFileSync(join(dir, COMPONENT), 'utf8')).toContain('"HW_Partner_Score__c"');
  });

  it('follows the mapping of the connection, and takes away what is no longer made', async () => {
    const dir = folderWith(SHIPPED);
    await cli(dir, ['package', 'salesforce', '--out', 'out']);
    const field = (name: string): string =>
      join(dir, `out/force-app/main/default/objects/Account/fields/${name}.field-meta.xml`);
    expect(existsSync(field('HW_Gap__c'))).toBe(true);
    writeFileSync(join(dir, 'out/notes.txt'), 'ours');
    writeFileSync(join(dir, 'mapping.yaml'), SHIPPED.replace('HW_Gap__c', 'Our_Gap__c'));
    const { code } = await cli(dir, ['package', 'salesforce', '--out', 'out', '--json']);
    expect([code, existsSync(field('HW_Gap__c')), existsSync(field('Our_Gap__c'))]).toEqual([
      0,
      false,
      true,
    ]);
    expect(readFileSync(join(dir, 'out/notes.txt'), 'utf8')).toBe('ours');
  });

  it('touches no folder with other things in it', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'out'));
    writeFileSync(join(dir, 'out/thesis.txt'), 'mine');
    const { code, stderr } = await cli(dir, ['package', 'salesforce', '--out', 'out']);
    expect([code, readdirSync(join(dir, 'out'))]).toEqual([1, ['thesis.txt']]);
    expect(stderr).toContain('other files');
  });

  it('refuses a connection of another CRM, a broken mapping, and a CRM without a package', async () => {
    const other = folderWith(SHIPPED, 'hubspot');
    const named = ['--out', 'out', '-c', 'headwater.connection.yaml'];
    expect((await cli(other, ['package', 'salesforce', ...named])).stderr).toContain(
      'connects hubspot, not salesforce',
    );
    const broken = folderWith('version: 1\ncrm: salesforce\nentites: {}\n');
    expect((await cli(broken, ['package', 'salesforce', '--out', 'out'])).stderr).toMatch(
      /entites/,
    );
    expect((await cli(tempDir(), ['package', 'csv', '--out', 'out'])).stderr).toContain(
      'makes no package',
    );
  });

  it("takes a third party's connector by the same contract, and none of its files get out", async () => {
    const acme = (path: string) => ({
      connector: async () => ({
        ...memory,
        name: 'acme',
        packaging: async () => async () => ({ files: new Map([[path, 'x']]), steps: [] }),
      }),
    });
    const dir = folderWith(SHIPPED.replace(/^crm: .*/m, 'crm: acme'), 'acme');
    const args = ['package', 'acme', '--out', 'out'];
    expect((await cli(dir, args, acme('pages/card.txt'))).code).toBe(0);
    expect(readFileSync(join(dir, 'out/pages/card.txt'), 'utf8')).toBe('x');
    const out = await cli(dir, args, acme('../../escaped.txt'));
    expect([out.code, out.stderr]).toEqual([1, expect.stringContaining('outside of its folder')]);
  });
});
