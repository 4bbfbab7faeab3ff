import type { Claim, ClaimFacts, Conflict, CreditSettings } from '../../model/credit.ts';
import { hostOf, isPublicMailHost, registrableDomain } from '../../model/domain.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { DAY_MS } from '../math/time.ts';
import { claimKeysOf } from './claim-keys.ts';
import { companyKey, sameCompany } from './company-name.ts';
import { hoursToDecision, protectedUntilMs, statusAt } from './registration.ts';

const inOrder = (a: ClaimFacts, b: ClaimFacts): number =>
  a.submittedMs - b.submittedMs || (a.id < b.id ? -1 : 1);

interface Compared {
  domain: string | null;
  name: string;
  product: string | null;
  keys: string[];
}
/** What a claim is compared by, read from it once however often it is compared. */
const compared = new WeakMap<ClaimFacts, Compared>();

function comparedBy(claim: ClaimFacts): Compared {
  let known = compared.get(claim);
  if (known === undefined) {
    known = {
      domain: domainOf(claim),
      name: companyKey(claim.company),
      product: claim.product === null ? null : companyKey(claim.product),
      keys: claimKeysOf(claim),
    };
    compared.set(claim, known);
  }
  return known;
}

const domainOf = (claim: ClaimFacts): string | null => {
  const domain = registrableDomain(hostOf(claim.domain));
  return domain === null || isPublicMailHost(domain) ? null : domain;
};

/** What two registrations for one customer share. */
type Shared = { by: 'deal' | 'account' } | { by: 'domain'; domain: string } | SharedNames;
interface SharedNames {
  by: 'names';
  one: string;
  other: string;
}

/**
 * Those of `known` that may be for the customer of a claim, in their order: they share a key with
 * it, so that a page of claims is not compared each with each.
 */
function neighboursIn(known: readonly ClaimFacts[]): (claim: ClaimFacts) => ClaimFacts[] {
  const places = new Map<string, number[]>();
  known.forEach((one, place) => {
    for (const key of comparedBy(one).keys) {
      const own = places.get(key);
      if (own) own.push(place);
      else places.set(key, [place]);
    }
  });
  return (claim) => {
    const near = new Set(comparedBy(claim).keys.flatMap((key) => places.get(key) ?? []));
    return [...near].sort((a, b) => a - b).map((place) => known[place]!);
  };
}

/** What shows that two registrations are for one customer; null = nothing does. */
export function sameCustomer(a: ClaimFacts, b: ClaimFacts): Shared | null {
  if (a.dealId !== null && a.dealId === b.dealId) return { by: 'deal' };
  if (a.accountId !== null && a.accountId === b.accountId) return { by: 'account' };
  const [one, other] = [comparedBy(a), comparedBy(b)];
  if (one.domain !== null && one.domain === other.domain)
    return { by: 'domain', domain: one.domain };
  return sameCompany(one.name, other.name)
    ? { by: 'names', one: a.company ?? '', other: b.company ?? '' }
    : null;
}

function inWords(shared: Shared, speech: Speech): string {
  if (shared.by === 'domain') return say(speech, 'duplicate.domain', { domain: shared.domain });
  return shared.by === 'names'
    ? say(speech, 'duplicate.names', { one: shared.one, other: shared.other })
    : say(speech, `duplicate.${shared.by}`);
}

/** Two that both name a product must name the same. */
export function sameProduct(a: ClaimFacts, b: ClaimFacts): boolean {
  const [one, other] = [comparedBy(a).product, comparedBy(b).product];
  return one === null || other === null || one === other;
}

/**
 * Why `later` repeats `earlier`; null = it does not. A registration that was turned down blocks
 * nobody: it counts nowhere.
 */
function repeats(
  later: ClaimFacts,
  earlier: ClaimFacts,
  settings: CreditSettings,
  asOfMs: number,
): Shared | null {
  if (statusAt(asRegistration(earlier), asOfMs) === 'rejected') return null;
  if (later.submittedMs - earlier.submittedMs > settings.duplicateDays * DAY_MS) return null;
  return sameProduct(later, earlier) ? sameCustomer(later, earlier) : null;
}

const asRegistration = (claim: ClaimFacts) => ({ ...claim, amount: null });

/**
 * What each claim of `own` is, beside all that may be the same as one of them (`among`, which holds
 * them too). A duplicate points at the earliest registration that it repeats.
 */
export function claimsAt(
  own: readonly ClaimFacts[],
  among: readonly ClaimFacts[],
  settings: CreditSettings,
  at: { asOfMs: number; timeZone: string; speech: Speech },
): Claim[] {
  const known = [...among].filter((one) => one.submittedMs <= at.asOfMs).sort(inOrder);
  const neighbours = neighboursIn(known);
  return own
    .filter((one) => one.submittedMs <= at.asOfMs)
    .map((claim) => {
      const first = neighbours(claim)
        .filter((other) => other.id !== claim.id && inOrder(other, claim) < 0)
        .map((other) => ({ other, evidence: repeats(claim, other, settings, at.asOfMs) }))
        .find(({ evidence }) => evidence !== null);
      return {
        id: claim.id,
        partnerId: claim.partnerId,
        dealId: claim.dealId,
        submittedMs: claim.submittedMs,
        status: statusAt(asRegistration(claim), at.asOfMs),
        hoursToDecision: hoursToDecision(asRegistration(claim), at.asOfMs),
        protectedUntilMs: protectedUntilMs(asRegistration(claim), settings, at.timeZone),
        duplicateOf:
          first === undefined
            ? null
            : {
                id: first.other.id,
                partnerId: first.other.partnerId,
                dealId: first.other.dealId,
                evidence: say(at.speech, 'duplicate.earlier', {
                  evidence: inWords(first.evidence!, at.speech),
                  n: Math.round((claim.submittedMs - first.other.submittedMs) / DAY_MS),
                }),
              },
      };
    });
}

/**
 * Where two partners claim one deal. Open: more than one claim stands or waits. Decided: one is
 * approved and every other is turned down. Appealed: who was turned down registered again after it.
 */
export function conflictsAt(
  own: readonly ClaimFacts[],
  among: readonly ClaimFacts[],
  settings: CreditSettings,
  asOfMs: number,
  speech: Speech,
): Conflict[] {
  const known = [...among].filter((one) => one.submittedMs <= asOfMs).sort(inOrder);
  const neighbours = neighboursIn(known);
  return own
    .filter((one) => one.submittedMs <= asOfMs)
    .flatMap((first): Conflict[] => {
      const near = (a: ClaimFacts, b: ClaimFacts): Shared | null =>
        Math.abs(a.submittedMs - b.submittedMs) <= settings.duplicateDays * DAY_MS &&
        sameProduct(a, b)
          ? sameCustomer(a, b)
          : null;
      const related = neighbours(first).filter(
        (other) => other.id !== first.id && near(first, other) !== null,
      );
      // Told once, with the earliest of them.
      if (related.some((other) => inOrder(other, first) < 0)) return [];
      const rival = related.find((other) => other.partnerId !== first.partnerId);
      if (rival === undefined) return [];
      const sides = [first, ...related].map((one) => ({
        registrationId: one.id,
        partnerId: one.partnerId,
        dealId: one.dealId,
        submittedMs: one.submittedMs,
        decidedMs: one.decidedMs !== null && one.decidedMs <= asOfMs ? one.decidedMs : null,
        status: statusAt(asRegistration(one), asOfMs),
      }));
      const evidence = inWords(near(first, rival)!, speech);
      const appealed = [first, ...related].some((one) => one.appealed === true);
      return [{ id: first.id, state: appealed ? 'appealed' : stateOf(sides), evidence, sides }];
    });
}

function stateOf(sides: Conflict['sides']): Conflict['state'] {
  const refused = sides.filter((side) => side.status === 'rejected' || side.status === 'expired');
  const again = sides.some((side) =>
    refused.some(
      (before) =>
        before !== side &&
        before.partnerId === side.partnerId &&
        side.submittedMs >= (before.decidedMs ?? Infinity) &&
        side.status === 'pending',
    ),
  );
  if (again) return 'appealed';
  const standing = new Set(
    sides.filter((side) => !refused.includes(side)).map((side) => side.partnerId),
  );
  const approved = sides.some((side) => side.status === 'approved');
  return standing.size <= 1 && approved ? 'decided' : 'open';
}
