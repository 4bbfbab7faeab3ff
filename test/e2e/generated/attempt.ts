import type { CrmSession } from '../../../src/model/connector.ts';
import type { CrmField } from '../../../src/model/crm-object.ts';
import { asHeadwaterError } from '../../../src/model/error.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { runSync } from '../../../src/sync/run/run.ts';
import { trialFaults, tryMapping } from '../../../src/sync/run/trial.ts';
import { testDeps } from '../../connectors/hubspot/support/deps.ts';
import { openMemory } from '../../store/open.ts';
import type { Place } from './places.ts';

export interface Attempt {
  passed: boolean;
  partners: number;
  /** What the dry run failed with; null = it was done, or the check had not passed. */
  failed: string | null;
}

export const sessionOf = async (place: Place): Promise<CrmSession> =>
  await place.connector.open(place.settings, place.secrets, testDeps({ nowMs: place.nowMs }));

/** What the check says of a mapping, and what a dry run then does. */
export async function attempt(place: Place, session: CrmSession, text: string): Promise<Attempt> {
  const { compiled, faults } = await prepareMapping(session, text, place.connector.name);
  if (compiled === null) return { passed: false, partners: 0, failed: null };
  const store = openMemory();
  try {
    const trial = await tryMapping(store, session, compiled, place.nowMs());
    const partners = trial.counts
      .filter(({ entity }) => entity === 'partner')
      .reduce((sum, { fits }) => sum + fits, 0);
    const all = [...faults, ...trialFaults(text, trial)];
    const passed = all.every(({ severity }) => severity !== 'error');
    return { passed, partners, failed: passed ? await dryRun(place, text) : null };
  } finally {
    store.close();
  }
}

async function dryRun(place: Place, mappingText: string): Promise<string | null> {
  const store = openMemory();
  const { connector, secrets, settings, nowMs } = place;
  try {
    await runSync(
      {
        ...{ store, connector, secrets, mappingText, runId: 'run-1', progress: () => {} },
        connectorDeps: testDeps({ nowMs }),
        connection: {
          ...{ version: 1, id: 'tried', crm: connector.name, mapping: 'mapping.yaml', settings },
          ...{ secrets: {}, shadow: [], limits: { quotaFloorPercent: 0 } },
        },
      },
      { dryRun: true, full: false },
    );
    return null;
  } catch (error) {
    const { kind, code, message } = asHeadwaterError(error);
    return `${kind} ${code ?? ''}: ${message}`;
  } finally {
    store.close();
  }
}

/** What a CRM says of the fields of the objects that a mapping names. */
export async function fieldsOf(
  session: CrmSession,
  mappingText: string,
): Promise<Map<string, CrmField[]>> {
  const known = new Map<string, CrmField[]>();
  for (const [, object] of mappingText.matchAll(/^ {4,6}(?:- )?object: (\S+)/gm))
    if (!known.has(object!)) known.set(object!, (await session.describe(object!))?.fields ?? []);
  return known;
}
