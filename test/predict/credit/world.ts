import { creditSettingsSchema, type CreditSettings } from '../../../src/model/credit.ts';
import type { DealFacts, PartnerLinkFacts, RegistrationFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, bare, random } from '../../properties/world.ts';

export const SETTINGS: CreditSettings = creditSettingsSchema.parse(undefined);
export const settings = (over: Partial<CreditSettings>): CreditSettings => ({
  ...SETTINGS,
  ...over,
});

/** A hundred days before the moment of the context. */
export const CREATED = AS_OF - 100 * DAY_MS;
export const WON = AS_OF - 20 * DAY_MS;

/** A deal that was won, on 20 days before the context's moment unless told otherwise. */
export function wonDeal(over: Partial<DealFacts> & { id: string }, wonMs = WON): DealFacts {
  const createdMs = over.createdMs ?? CREATED;
  const amount = over.amount === undefined ? 1000 : over.amount;
  const at = (atMs: number, stage: string) => ({ atMs, stage, amount, closeDate: null });
  return bare({
    createdMs,
    registeredMs: null,
    stage: 'Closed Won',
    events: [at(createdMs, 'Registered'), at(wonMs, 'Closed Won')],
    ...over,
    amount,
  });
}

export const registration = (
  over: Partial<RegistrationFacts> & { partnerId: string },
): RegistrationFacts => ({
  id: `r-${over.partnerId}`,
  kind: 'registration',
  dealId: 'd',
  submittedMs: CREATED,
  decidedMs: null,
  status: 'approved',
  amount: null,
  ...over,
});

export const link = (
  over: Partial<PartnerLinkFacts> & { partnerId: string },
): PartnerLinkFacts => ({
  via: 'field',
  since: 'created',
  role: null,
  primary: false,
  knownMs: CREATED,
  endedMs: null,
  ...over,
});

/** Rates with no short form in binary, so that converted amounts have no whole cents. */
const RATES: readonly [currency: string, rate: number][] = [
  ['EUR', 1],
  ['USD', 1.0837],
  ['JPY', 163.4471],
  ['CHF', 0.93317],
  ['XTS', 0],
];

/** Won and open deals of a made-up channel, in several currencies, with whoever claims them. */
export function creditWorld(seed: number): {
  deals: DealFacts[];
  registrations: Map<string, RegistrationFacts[]>;
} {
  const r = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(r() * list.length)]!;
  const partner = (): string => `p${Math.floor(r() * 6)}`;
  const registrations = new Map<string, RegistrationFacts[]>();
  const deals = Array.from({ length: 20 + Math.floor(r() * 60) }, (_, i) => {
    const id = `d${i}`;
    const [currency, rate] = pick(RATES);
    const own = r() < 0.05 ? -120.55 : r() < 0.05 ? 0 : Math.round(r() * 1e7) / 100;
    const amount = rate === 0 || r() < 0.03 ? null : own / rate;
    const createdMs = AS_OF - (30 + Math.floor(r() * 900)) * DAY_MS;
    const wonMs = createdMs + (1 + Math.floor(r() * 25)) * DAY_MS;
    const product = pick(['A', 'B', null]);
    const links = Array.from({ length: Math.floor(r() * 3) }, () =>
      link({
        partnerId: partner(),
        via: pick(['field', 'role', 'accountParent'] as const),
        knownMs: createdMs + Math.floor((r() - 0.2) * 60) * DAY_MS,
        primary: r() < 0.5,
      }),
    );
    registrations.set(
      id,
      Array.from({ length: Math.floor(r() * 4) }, (_one, n) =>
        registration({
          id: `${id}r${n}`,
          partnerId: partner(),
          dealId: id,
          kind: r() < 0.3 ? 'lead' : 'registration',
          submittedMs: createdMs + Math.floor((r() - 0.7) * 30) * DAY_MS,
          status: pick(['approved', 'approved', 'pending', 'rejected', 'expired', null]),
        }),
      ),
    );
    const state = { id, createdMs, amount, currency, product, region: pick(['DE', 'FR', null]) };
    return r() < 0.7
      ? wonDeal({ ...state, links }, wonMs)
      : bare({ ...state, registeredMs: null, links });
  });
  return { deals, registrations };
}
