import type { ClaimFacts } from '../../model/credit.ts';
import { runSpeech } from './measure-context.ts';
import { claimKeysOf, claimsAt, conflictsAt } from '../../predict/index.ts';
import { CLAIM_HOMES, claimPage, claimsSharing } from '../../store/credit-facts.ts';
import { saveClaimKeys, saveClaims } from '../../store/credit.ts';
import type { RunContext } from '../run/context.ts';
import { CLAIM_PAGE, CREDIT_PAGES_PER_STEP } from '../run/limits.ts';

export interface ClaimStep {
  /** First all get their keys, then each is looked up among those that share one. */
  pass: 'keys' | 'judge';
  home: number;
  after: string;
  registrations: number;
  duplicates: number;
  conflicts: number;
  /** Those that are not decided. */
  openConflicts: number;
  done: boolean;
}

const START: ClaimStep = {
  pass: 'keys',
  home: 0,
  after: '',
  registrations: 0,
  duplicates: 0,
  conflicts: 0,
  openConflicts: 0,
  done: false,
};

/** Which registrations repeat others, and which partners claim the same deal: a few pages. */
export async function judgeClaims(
  context: RunContext,
  previous: ClaimStep | null,
): Promise<ClaimStep> {
  const step = { ...(previous ?? START) };
  for (let n = 0; n < CREDIT_PAGES_PER_STEP && !step.done; n++) await onePage(context, step);
  return step;
}

async function onePage(context: RunContext, step: ClaimStep): Promise<void> {
  const { store, connectionId } = context;
  const home = CLAIM_HOMES[step.home]!;
  const page = await claimPage(store, connectionId, home, step.after, CLAIM_PAGE);
  if (step.pass === 'judge') await judge(context, step, page);
  else
    await store.batch(
      saveClaimKeys(
        store,
        connectionId,
        page.flatMap((claim) => claimKeysOf(claim).map((key) => ({ claimId: claim.id, key }))),
      ),
    );
  step.after = page.at(-1)?.id ?? step.after;
  if (page.length === CLAIM_PAGE) return;
  step.home++;
  step.after = '';
  if (step.home < CLAIM_HOMES.length) return;
  step.home = 0;
  step.done = step.pass === 'judge';
  step.pass = 'judge';
}

async function judge(context: RunContext, step: ClaimStep, page: ClaimFacts[]): Promise<void> {
  const { store, connectionId, resultsId, runId, asOfMs, mapping } = context;
  const { credit, timeZone } = mapping.settings;
  const speech = runSpeech(context);
  const keys = [...new Set(page.flatMap(claimKeysOf))];
  const among = await claimsSharing(store, connectionId, keys);
  const claims = claimsAt(page, among, credit, { asOfMs, timeZone, speech });
  const conflicts = conflictsAt(page, among, credit, asOfMs, speech);
  await store.batch(saveClaims(store, resultsId, runId, claims, conflicts));
  step.registrations += claims.length;
  step.duplicates += claims.filter((claim) => claim.duplicateOf !== null).length;
  step.conflicts += conflicts.length;
  step.openConflicts += conflicts.filter((one) => one.state !== 'decided').length;
}
