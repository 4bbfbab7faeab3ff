import type { CreditRow, CreditSettings } from '../../model/credit.ts';
import type { MeasureContext, PartnerLinkFacts } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { DAY_MS } from '../math/time.ts';
import type { WonDeal } from './won-deal.ts';

const row = (
  partnerId: string,
  rule: CreditRow['rule'],
  evidence: string,
  happenedMs: number,
  firstSeenMs: number,
): CreditRow => ({
  partnerId,
  kind: rule === 'linked-after-win' || rule === 'parent-came-later' ? 'none' : 'influenced',
  rule,
  evidence,
  happenedMs,
  firstSeenMs,
  weight: 0,
  cents: 0,
});

/**
 * What partners did for a deal between its creation and the win: a role on it, a meeting that one
 * of
 * them attended and did not log itself, a campaign. What came after the win is listed as such.
 */
export function influenceOf(
  won: WonDeal,
  settings: CreditSettings,
  context: MeasureContext,
): CreditRow[] {
  const rows = [...roles(won, settings), ...meetings(won), ...campaign(won, context)];
  // After the win only what is new: who had a part before needs no second mark.
  const earlier = new Set(
    rows.filter((one) => one.kind === 'influenced').map((one) => one.partnerId),
  );
  return rows
    .filter((one) => one.rule !== 'linked-after-win' || !earlier.has(one.partnerId))
    .sort(
      (a, b) =>
        a.firstSeenMs - b.firstSeenMs ||
        (a.partnerId < b.partnerId ? -1 : a.partnerId > b.partnerId ? 1 : 0),
    );
}

function roles({ deal, wonMs }: WonDeal, settings: CreditSettings): CreditRow[] {
  const wanted = settings.influenceRoles;
  return (deal.links ?? [])
    .filter((link) => link.via !== 'registration' && link.via !== 'campaign')
    .filter((link) => link.via !== 'role' || (wanted?.includes(link.role ?? '') ?? true))
    .filter((link) => link.endedMs === null || link.endedMs > deal.createdMs)
    .map((link) =>
      row(
        link.partnerId,
        ruleOf(link, deal.createdMs + settings.sourceGraceDays * DAY_MS, wonMs),
        link.role ?? link.via ?? 'field',
        Math.max(link.knownMs, deal.createdMs),
        link.knownMs,
      ),
    );
}

function ruleOf(link: PartnerLinkFacts, createdMs: number, wonMs: number): CreditRow['rule'] {
  if (link.knownMs > wonMs) return 'linked-after-win';
  // A parent says whose customer it is; one that was set later says nothing of this deal.
  return link.via === 'accountParent' && link.knownMs > createdMs ? 'parent-came-later' : 'role';
}

/** A partner that logs its own meeting has said so itself, which shows nothing. */
const meetings = ({ deal, wonMs }: WonDeal): CreditRow[] =>
  deal.activities
    .filter(
      (one) =>
        one.kind === 'meeting' &&
        one.by !== 'partner' &&
        one.atMs >= deal.createdMs &&
        one.atMs <= wonMs,
    )
    .flatMap((one) =>
      (one.partnerIds ?? []).map((id) => row(id, 'meeting', one.kind, one.atMs, one.atMs)),
    );

function campaign({ deal, wonMs }: WonDeal, context: MeasureContext): CreditRow[] {
  const found = deal.campaign ?? null;
  const startMs = dayStart(found?.startOn ?? null, context.timeZone);
  if (found === null || startMs === null) return [];
  const known = (deal.links ?? [])
    .filter((link) => link.via === 'campaign' && link.partnerId === found.partnerId)
    .map((link) => link.knownMs);
  const knownMs = Math.max(startMs, known.length === 0 ? startMs : Math.min(...known));
  if (startMs > wonMs || startMs < deal.createdMs) return [];
  const rule = knownMs > wonMs ? 'linked-after-win' : 'campaign';
  return [row(found.partnerId, rule, found.id, startMs, knownMs)];
}
