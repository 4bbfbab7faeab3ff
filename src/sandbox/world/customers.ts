/**
 * Customers, each a pure function of its number: a million deals can name them without any being
 * kept. They are numbered by age, so how many exist at a time says which may be sold to. About one
 * in fifty repeats an older one under a slightly other name.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, toWorkingTime, WEEK_MS } from './calendar.ts';
import type { WorldEvent } from './events.ts';
import {
  companyName,
  COUNTRIES,
  HOSTILE_CUSTOMER_NAMES,
  INDUSTRIES,
  personName,
  slug,
  TITLES,
} from './names.ts';
import type { Staff } from './staff.ts';

const DEALS_PER_CUSTOMER = 4;
const MIN_CUSTOMERS = 24;
/** Share of the customers that the company had when the history begins. */
const FOUNDING_SHARE = 0.45;
const DUPLICATE_EVERY = 50;
/** Hostile names sit at every seventh number from here, so that even small worlds have some. */
const HOSTILE_FIRST = 2;
const HOSTILE_STEP = 7;
/** Above 1 the older customers buy more often. */
const LOYALTY = 1.3;

export interface Customer {
  number: number;
  id: string;
  name: string;
  rep: number;
  contacts: number;
}

export interface CustomerBook {
  /** How many customers have been entered by a time on the clock. */
  enteredBy(atMs: number): number;
  customer(number: number): Customer;
  /**
   * One that exists at the time, older ones more often. `rawMs` is time before it is
   * squeezed into working hours.
   */
  pickAt(stream: RandomStream, rawMs: number): Customer;
  /** One that surely exists at a time on the clock. */
  pickBefore(stream: RandomStream, atMs: number): Customer;
  /** The account and its contacts, as they were first entered. */
  events(number: number): WorldEvent[];
}

export function contactId(customer: Customer, which: number): string {
  return `c${customer.number}.${which % customer.contacts}`;
}

export function openCustomerBook(
  root: RandomStream,
  staff: Staff,
  span: { startMs: number; endMs: number; deals: number },
): CustomerBook {
  const total = Math.max(MIN_CUSTOMERS, Math.round(span.deals / DEALS_PER_CUSTOMER));
  const founding = Math.ceil(total * FOUNDING_SHARE);
  const perMs = (total - founding) / (span.endMs - span.startMs);
  const base = root.fork('customers');
  const countAt = (rawMs: number): number =>
    founding + Math.max(0, Math.floor((rawMs - span.startMs) * perMs));
  const enteredMs = (number: number): number =>
    number < founding
      ? span.startMs - 28 * DAY_MS + (27 * DAY_MS * number) / founding
      : span.startMs + (number - founding + 1) / perMs;

  function nameOf(number: number): string {
    const hostile = (number - HOSTILE_FIRST) / HOSTILE_STEP;
    const special = HOSTILE_CUSTOMER_NAMES[hostile];
    if (special !== undefined) return special;
    if (number % DUPLICATE_EVERY === 17)
      return `${companyName(base.fork(number - 11)).toUpperCase()}.`;
    return companyName(base.fork(number));
  }
  function customer(number: number): Customer {
    const stream = base.fork(number, 'traits');
    return {
      number,
      id: `a${number}`,
      name: nameOf(number),
      rep: stream.below(staff.reps.length),
      contacts: 1 + stream.below(3),
    };
  }
  function events(number: number): WorldEvent[] {
    const { id, name, rep, contacts } = customer(number);
    const stream = base.fork(number, 'card');
    const atMs = toWorkingTime(enteredMs(number));
    const domain = `${slug(name)}${number}.example`;
    const list: WorldEvent[] = [
      {
        kind: 'account',
        id,
        atMs,
        name,
        industry: stream.pick(INDUSTRIES),
        country: stream.pick(COUNTRIES),
        website: `https://www.${domain}`,
        ownerId: staff.acting(rep, atMs).id,
        parentId: null,
        partner: null,
      },
    ];
    for (let k = 0; k < contacts; k++) {
      const person = personName(stream);
      list.push({
        kind: 'contact',
        id: `c${number}.${k}`,
        atMs,
        accountId: id,
        ...person,
        email: `${slug(person.firstName)}.${slug(person.lastName)}${k}@${domain}`,
        title: stream.pick(TITLES),
      });
    }
    return list;
  }
  const pickAt = (stream: RandomStream, rawMs: number): Customer =>
    customer(Math.floor(countAt(rawMs) * stream.next() ** LOYALTY));
  // Working hours move an entry within its week only.
  const pickBefore = (stream: RandomStream, atMs: number): Customer =>
    pickAt(stream, atMs - WEEK_MS);
  function enteredBy(atMs: number): number {
    let count = countAt(atMs - WEEK_MS);
    while (toWorkingTime(enteredMs(count)) <= atMs) count += 1;
    return count;
  }
  return { enteredBy, customer, pickAt, pickBefore, events };
}
