import type { Command } from 'commander';
import type { FieldPlanItem } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import { requireMapping } from '../../sync/run/prepare.ts';
import {
  EXIT,
  onSession,
  printJson,
  withConnection,
  type CommonOptions,
  type OpenConnection,
} from '../command.ts';
import { mappingTextOf } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { fieldPlanText } from '../field-text.ts';

const OTHER_NAME =
  'Write to another API name (in the mapping, under write:), or change that field in the CRM.';

export function registerField(field: Command, deps: CliDeps, setExit: SetExit): void {
  withConnection(
    field.command('plan').description('what is missing in the org, as a diff; changes nothing'),
    'headwater field plan',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async (open) => {
        const plan = await fieldPlan(open);
        if (plan.some((item) => item.action === 'conflict')) setExit(EXIT.failed);
        if (options.json) return printJson(deps, plan);
        deps.stdout(fieldPlanText(plan));
        for (const cure of conflictCures(plan.filter((item) => item.action === 'conflict')))
          deps.stdout(`  ${cure}\n`);
      }),
  );
  withConnection(
    field
      .command('deploy')
      .description(
        'create the missing fields, and give access where the CRM has rights to single fields',
      ),
    'headwater field deploy',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async (open) => {
        const plan = await fieldPlan(open);
        const results = await deployPlan(open, plan);
        if (results.some((result) => result.error !== null)) setExit(EXIT.failed);
        if (options.json) return printJson(deps, results);
        for (const result of results)
          deps.stdout(
            `${result.error === null ? '✓' : '✗'} ${result.object}.${result.name}: ${result.error ?? (result.done.join(', ') || 'nothing to do')}\n`,
          );
        if (results.some((result) => result.error !== null)) deps.stdout(`  ${OTHER_NAME}\n`);
      }),
  );
}

export async function fieldPlan({ connection, session }: OpenConnection): Promise<FieldPlanItem[]> {
  const text = await mappingTextOf(connection);
  const mapping = await requireMapping(
    session,
    text,
    connection.document.crm,
    connection.document.mapping,
  );
  return await session.planFields(
    mapping.writes.flatMap((write) => write.fields.map((field) => field.spec)),
  );
}

type Conflict = Extract<FieldPlanItem, { action: 'conflict' }>;

/** Fields that are named one by one; the rest are counted. */
const NAMED = 3;

/** What stands in the way, once for all fields of which it is said. */
function conflictText(conflicts: Conflict[]): string {
  const parts = [...Map.groupBy(conflicts, ({ detail }) => detail)].map(([detail, items]) => {
    const names = items.slice(0, NAMED).map((item) => `${item.object}.${item.name}`);
    const more = items.length - names.length;
    return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${detail}`;
  });
  return parts.join('; ');
}

const conflictCures = (conflicts: Conflict[]): string[] => [
  ...new Set(conflicts.map(({ cure }) => cure ?? OTHER_NAME)),
];

export async function deployPlan(
  { session }: OpenConnection,
  plan: FieldPlanItem[],
): ReturnType<OpenConnection['session']['deployFields']> {
  const conflicts = plan.filter((item): item is Conflict => item.action === 'conflict');
  if (conflicts.length > 0) {
    throw new HeadwaterError('config', conflictText(conflicts), {
      code: 'FIELD_CONFLICT',
      cure: `${conflictCures(conflicts).join(' ')} Nothing was deployed.`,
    });
  }
  return await session.deployFields(plan);
}
