/**
 * The channel that a seed stands for: everything that is drawn once and that the
 * deals of every week refer to.
 */
import { randomStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import type { Arrivals } from './arrivals.ts';
import { planArrivals } from './arrivals.ts';
import { DAY_MS, WEEK_MS, weekOf, YEAR_MS } from './calendar.ts';
import type { CustomerBook } from './customers.ts';
import { openCustomerBook } from './customers.ts';
import type { Demand, DemandOptions } from './demand.ts';
import { openDemand } from './demand.ts';
import type { Partner } from './partners.ts';
import { drawPartner } from './partners.ts';
import type { Staff } from './staff.ts';
import { hireStaff } from './staff.ts';

/** The CRM came in this long before the first deal; users and old accounts were entered then. */
const CRM_LEAD_MS = 30 * DAY_MS;
/**
 * People are hired a whole week before that, because working time may move an entry to
 * an earlier day of its week.
 */
const HIRED_LEAD_MS = CRM_LEAD_MS + WEEK_MS;

export interface WorldOptions extends DemandOptions {
  seed: number;
  partners: number;
  deals: number;
  /** end of the history, epoch ms */
  endMs: number;
  years?: number;
}

export interface Channel {
  root: RandomStream;
  startMs: number;
  endMs: number;
  startWeek: number;
  endWeek: number;
  crmFromMs: number;
  deals: number;
  currency: string;
  staff: Staff;
  partners: Partner[];
  customers: CustomerBook;
  arrivals: Arrivals;
  demand: Demand;
}

export function openChannel(options: WorldOptions): Channel {
  const { endMs, deals } = options;
  for (const [name, value] of Object.entries({ partners: options.partners, deals })) {
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`a world needs a whole number of ${name}, not ${value}`);
  }
  const root = randomStream(options.seed);
  const demand = openDemand(root, endMs, options);
  const startMs = endMs - (options.years ?? 3) * YEAR_MS;
  const startWeek = weekOf(startMs) + 1;
  const endWeek = weekOf(endMs);
  const crmFromMs = startMs - CRM_LEAD_MS;
  const staff = hireStaff(root, {
    deals,
    partners: options.partners,
    hiredMs: Math.floor((startMs - HIRED_LEAD_MS) / 1000) * 1000,
    endMs,
  });
  const partners = Array.from({ length: options.partners }, (_, i) =>
    drawPartner(root, i, { startMs, endMs }, staff.managers.length),
  );
  return {
    root,
    startMs,
    endMs,
    startWeek,
    endWeek,
    crmFromMs,
    deals,
    currency: 'USD',
    staff,
    partners,
    customers: openCustomerBook(root, staff, { startMs, endMs, deals }),
    arrivals: planArrivals(partners, { startWeek, endWeek, endMs, deals, demand }),
    demand,
  };
}
