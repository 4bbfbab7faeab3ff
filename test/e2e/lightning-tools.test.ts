import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadePackage } from '../../tools/sf-cli/made-package.ts';

const TOOLS = resolve(import.meta.dirname, '../../tools/lwc');
const hasTools = existsSync(join(TOOLS, 'node_modules/@salesforce/sfdx-lwc-jest'));
const NAME = hasTools
  ? "the component, by the vendor's linter and test runner"
  : "the component, by the vendor's linter and test runner (skipped: run npm ci in tools/lwc)";
const COMPONENTS = 'force-app/main/default/lwc';

describe.skipIf(!hasTools)(NAME, () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'headwater-lwc-'));
    await writeMadePackage(folder);
    symlinkSync(join(TOOLS, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (tool: string, ...args: string[]): string => {
    const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
    try {
      return execFileSync(process.execPath, [join('node_modules/.bin', tool), ...args], options);
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      return `failed: ${stdout ?? ''}${stderr ?? String(error)}`;
    }
  };

  it('has nothing that the linter would change, which would change what is wrong', () => {
    const config = join(TOOLS, 'eslint.config.js');
    const wrong = join(folder, COMPONENTS, 'headwaterBar/wrong.js');
    writeFileSync(wrong, "import { api } from 'lwc';\nexport class A { @api disabled = true; }\n");
    const said = run('eslint', '--max-warnings', '0', '--config', config, COMPONENTS);
    rmSync(wrong);
    expect(said).toContain('lwc/valid-api');
    expect(said).toContain('1 problem (1 error, 0 warnings)');
  });

  it('shows what each answer of its wires asks for', () => {
    const config = "const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');\n";
    writeFileSync(join(folder, 'jest.config.js'), `${config}module.exports = jestConfig;\n`);
    cpSync(
      join(TOOLS, 'headwaterScore.test.js'),
      join(folder, COMPONENTS, 'headwaterScore/__tests__/headwaterScore.test.js'),
    );
    expect(run('sfdx-lwc-jest')).not.toMatch(/^failed/);
  });
});
