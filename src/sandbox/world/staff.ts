/**
 * The vendor's own people: sales reps who own deals, partner managers who own partners, and sales
 * engineers who help on the larger deals.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS } from './calendar.ts';
import type { WorldEvent } from './events.ts';
import { personName, slug } from './names.ts';

/**
 * Deals a rep sees in the whole history, and partners a manager looks after: sets
 * how many there are of each.
 */
const DEALS_PER_REP = 200;
const PARTNERS_PER_MANAGER = 15;
const MAX_REPS = 400;
const MAX_MANAGERS = 200;
const REPS_PER_ENGINEER = 3;
const CARELESS_SHARE = 0.25;
const LEFT_SHARE = 0.1;

export interface Rep {
  id: string;
  /** chance that a dead deal is never marked lost */
  neverMarks: number;
  /** median days from a deal's death to its mark */
  markDays: number;
  leftMs: number | null;
}
interface Manager {
  id: string;
  /** median hours to decide a registration */
  decisionHours: number;
}
export interface Staff {
  reps: Rep[];
  managers: Manager[];
  /** Ids of the sales engineers. */
  engineers: string[];
  events: WorldEvent[];
  /** who does the work of this rep at that time */
  acting(rep: number, atMs: number): Rep;
}

function userEvent(stream: RandomStream, id: string, atMs: number, active: boolean): WorldEvent {
  const { firstName, lastName } = personName(stream);
  return {
    kind: 'user',
    id,
    atMs,
    name: `${firstName} ${lastName}`,
    email: `${slug(firstName)}.${slug(lastName)}.${id}@vendor.example`,
    active,
  };
}

/**
 * The people of a company with so many deals and partners; they exist from `hiredMs`, and a tenth
 * of the reps have left since.
 */
export function hireStaff(
  root: RandomStream,
  size: { deals: number; partners: number; hiredMs: number; endMs: number },
): Staff {
  const repCount = Math.min(MAX_REPS, Math.max(4, Math.round(size.deals / DEALS_PER_REP)));
  const managerCount = Math.min(
    MAX_MANAGERS,
    Math.max(2, Math.round(size.partners / PARTNERS_PER_MANAGER)),
  );
  const events: WorldEvent[] = [];
  const reps = Array.from({ length: repCount }, (_, i): Rep => {
    const stream = root.fork('rep', i);
    // The first rep stays, so that someone can always act.
    const left = i > 0 && stream.chance(LEFT_SHARE);
    const leftMs = left ? stream.uniform(size.hiredMs + 200 * DAY_MS, size.endMs) : null;
    events.push(userEvent(stream, `u${i}`, size.hiredMs, !left));
    return {
      id: `u${i}`,
      neverMarks: stream.chance(CARELESS_SHARE) ? 0.4 : 0.03,
      markDays: stream.lognormal(18, 0.5),
      leftMs,
    };
  });
  const managers = Array.from({ length: managerCount }, (_, i): Manager => {
    const stream = root.fork('manager', i);
    events.push(userEvent(stream, `m${i}`, size.hiredMs, true));
    return { id: `m${i}`, decisionHours: stream.lognormal(36, 0.6) };
  });
  const engineers = Array.from({ length: Math.ceil(repCount / REPS_PER_ENGINEER) }, (_, i) => {
    events.push(userEvent(root.fork('engineer', i), `e${i}`, size.hiredMs, true));
    return `e${i}`;
  });
  const acting = (rep: number, atMs: number): Rep => {
    for (let step = 0; step < repCount; step++) {
      const candidate = reps[(rep + step) % repCount];
      if (candidate && (candidate.leftMs === null || atMs < candidate.leftMs)) return candidate;
    }
    throw new Error('no active rep');
  };
  return { reps, managers, engineers, events, acting };
}
