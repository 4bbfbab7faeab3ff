/** Steps of the check, told one by one, and what they ask the tool. */
import type { Cli, CliAnswer } from './cli.ts';

export const ORG = ['-o', 'check'];
export const tally = { passed: 0, failed: 0 };

/** Runs one step; it fails by throwing. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    const value = await work();
    tally.passed++;
    process.stdout.write(`✓ ${name}\n`);
    return value;
  } catch (error) {
    tally.failed++;
    process.stdout.write(
      `✗ ${name}\n    ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return undefined;
  }
}

export function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** The result of a command run with `--json`; throws with the tool's own words when it failed. */
export async function result<T>(
  cli: Cli,
  args: string[],
  options?: Parameters<Cli['sf']>[1],
): Promise<T> {
  const answer = await cli.sf([...args, '--json'], options);
  if (answer.exitCode !== 0 || answer.json?.status !== 0)
    throw new Error(`sf ${args.join(' ')}: ${answer.json?.message ?? failures(answer)}`);
  return answer.json.result as T;
}

function failures(answer: CliAnswer): string {
  const problems =
    (
      answer.json?.result as
        | { details?: { componentFailures?: { fullName: string; problem: string }[] } }
        | undefined
    )?.details?.componentFailures ?? [];
  return problems.length > 0
    ? problems.map(({ fullName, problem }) => `${fullName}: ${problem}`).join('; ')
    : answer.stdout.slice(0, 500);
}

export interface Queried {
  records: Record<string, unknown>[];
  totalSize: number;
}
export const query = (cli: Cli, soql: string) =>
  result<Queried>(cli, ['data', 'query', ...ORG, '-q', soql]);
