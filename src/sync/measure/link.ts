import type { Gone } from '../../mapping/compile/gone.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { contradictedStages, type ContradictedStage } from '../../store/contradicted-stages.ts';
import { saveFindings, type Finding } from '../../store/findings.ts';
import { OWN_PLANS } from '../../model/plan.ts';
import { OWN_SIGNALS } from '../../model/signals.ts';
import { retireIssues } from '../../store/issues.ts';
import { dropRestored, retireUnfed, shortenRedirects } from '../../store/link.ts';
import { linkDeals, linkedMapping } from '../../store/link-deals.ts';
import { dealsWithoutRate, otherMoneyWithoutRate, type Money } from '../../store/rates.ts';
import { lostReferences, type LostReferences } from '../../store/lost-references.ts';
import { unlistedStages, type UnlistedStage } from '../../store/unlisted-stages.ts';
import { saveMapped } from '../../store/rows.ts';
import { findSeveral, severalFindings, severalTold, type SeveralTold } from './several.ts';
import { resolveSides } from '../../store/user-sides.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import { contradictions, type Contradiction } from '../../mapping/check/org-settings.ts';
import {
  contradictedFinding,
  feedsOf,
  lostFinding,
  stageFinding,
  stageTroubles,
  wholeFeedsOf,
} from './doubts.ts';
import { pausedFinding } from '../read/pause.ts';

export type NoRate = { currency: string; deals: number }[];

/** What links and rates follow from, of all that a mapping says. */
export const linkVersion = (mapping: Pick<CompiledMapping, 'version' | 'settings'>): string =>
  `${mapping.version}/${mapping.settings.reportingCurrency}`;
export interface LinkStep {
  noRate: NoRate;
  stages: UnlistedStage[];
  contradicted: ContradictedStage[];
  lost: LostReferences[];
  several: SeveralTold;
}

const SECOND = 'second partners of an account';

export const moneyOf = (context: RunContext): Money => ({
  reportingCurrency: context.mapping.settings.reportingCurrency,
  asOfMs: context.asOfMs,
});

/**
 * Works out what the CRM does not say outright: whose deal it is, at which rate its money counts,
 * and what of it a person must put right first.
 */
export async function linkModel(context: RunContext, paused: Gone[] = []): Promise<LinkStep> {
  const { store, connectionId, mapping, runId } = context;
  const nowMs = context.nowMs();
  const { inOwnWords = (message: string): string => message } = context.session;
  await store.batch([
    ...saveMapped(store, connectionId, mapping.fixedStages, nowMs),
    // Only another mapping can leave ghosts; looking for them costs a pass over every row.
    ...((await linkedMapping(store, connectionId)) === linkVersion(mapping)
      ? []
      : retireUnfed(store, connectionId, (entity) => [
          ...feedsOf(mapping)(entity),
          ...(entity === 'stage' ? mapping.fixedStages.map((stage) => stage.object) : []),
          OWN_PLANS,
          OWN_SIGNALS,
        ])),
    ...dropRestored(store, connectionId),
    ...shortenRedirects(store, connectionId),
  ]);
  const { all } = await linkDeals(store, connectionId, {
    rules: mapping.dealPartner,
    money: moneyOf(context),
    version: linkVersion(mapping),
  });
  const sides = await resolveSides(store, connectionId, all);
  if (sides.length > 0) await store.batch(sides);
  const noRate = await dealsWithoutRate(store, connectionId);
  const otherMoney = await otherMoneyWithoutRate(store, connectionId, moneyOf(context));
  const several = await findSeveral(store, connectionId, mapping);
  const stages = stageTroubles(await unlistedStages(store, connectionId));
  const contradicted = await contradictedStages(store, connectionId, mapping.fixedStages);
  const lost = await lostReferences(
    store,
    connectionId,
    feedsOf(mapping),
    wholeFeedsOf(mapping),
    context.features.queueIdPrefix,
  );
  await store.batch([
    ...retireIssues(
      store,
      connectionId,
      mapping.streams.map((stream) => stream.object),
      mapping.writes.flatMap((write) =>
        write.fields.map(({ field }) => ({ object: write.object, field })),
      ),
    ),
    ...saveFindings(
      store,
      connectionId,
      [
        ...[...noRate.map(ofDeals), ...otherMoney].map(rateFinding),
        ...stages.map(stageFinding),
        ...contradicted.map(contradictedFinding),
        ...lost.map(lostFinding),
        ...severalFindings(several),
        ...contradictions(mapping.settings, await context.session.identity()).map(settingFinding),
        ...paused.map(pausedFinding),
      ].map((one) => ({ ...one, message: inOwnWords(one.message) })),
      runId,
      nowMs,
    ),
    ...saveScratch(
      store,
      runId,
      SECOND,
      several.profiles.shared.map((partner) => partner.id),
    ),
  ]);
  return { noRate, stages, contradicted, lost, several: severalTold(several) };
}

const settingFinding = ({ setting, message, cure }: Contradiction): Finding => ({
  object: 'settings',
  id: setting,
  entity: 'mapping',
  field: setting,
  code: 'SETTING_CONTRADICTS',
  message: `${message} ${cure}`,
});

const ofDeals = ({ currency, deals }: NoRate[number]) => ({
  ...{ entity: 'deal', currency, rows: deals },
});

const rateFinding = ({
  entity,
  currency,
  rows,
}: {
  entity: string;
  currency: string;
  rows: number;
}): Finding => ({
  object: entity,
  id: currency,
  entity,
  field: 'currency',
  code: 'NO_RATE',
  message: `${rows} ${entity}${rows === 1 ? '' : 's'} in ${currency} of a time for which no rate of ${currency} is known: their amounts count as unknown. Add the rate in the CRM (and map entities.rate), or correct their currency.`,
});

/** Ids of partners whose account counts with another one. */
export const secondPartners = async (context: RunContext): Promise<Set<string>> =>
  new Set(((await readScratch(context.store, context.runId, SECOND)) ?? []) as string[]);
