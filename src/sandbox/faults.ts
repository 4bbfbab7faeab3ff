/**
 * Faults: what goes wrong between a client and a CRM. A rule says which requests it hits and what
 * happens to them; the first rule that fires wins.
 * CRM-neutral: the wording of an error comes from the vendor's part.
 */
import * as z from 'zod';

export const FAULT_KINDS = [
  'expiredSession', // 401, the session is (or looks) expired
  'dailyLimit', // the vendor's answer when the call budget is used up
  'tooManyRequests', // 429
  'serverError', // `status` 5xx, before or after the request took effect
  'reset', // the connection is cut, before or after
  'timeout', // no answer at all until the client gives up, before or after
  'slow', // answered after `ms`
  'truncated', // half of the body, as if it were the whole
  'cutBody', // half of the body, then the connection is cut
  'html', // a proxy's HTML error page with `status`
  'tooMuch', // the vendor's answer to what is too much at once; `code` or `status` say which
] as const;

const ruleShape = z.strictObject({
  id: z.string().optional(),
  kind: z.enum(FAULT_KINDS),
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().optional(),
      object: z.string().optional(),
    })
    .default({}),
  /** Fires on the nth matching request only (1 = the first). */
  nth: z.int().min(1).optional(),
  /** Fires on every n-th matching request. */
  every: z.int().min(1).optional(),
  /** Fires by chance, reproducibly from `seed`. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().default(1),
  /** Fires at most this often. */
  times: z.int().min(1).optional(),
  when: z.enum(['before', 'after']).default('before'),
  status: z.int().min(400).max(599).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  /** The vendor's own code (tooMuch only). */
  code: z.string().optional(),
  /** Fires only on answers of more rows than this, or on requests for more fields. */
  overRows: z.int().min(0).optional(),
  overFields: z.int().min(0).optional(),
  /** Really end the session that was used (expiredSession only). */
  endSession: z.boolean().default(false),
});

export type FaultRule = z.infer<typeof ruleShape> & { id: string };
export type FaultRuleInput = z.input<typeof ruleShape>;

interface ArmedRule {
  rule: FaultRule;
  path: RegExp | null;
  seen: number;
  fired: number;
  random: () => number;
}

export class FaultPlan {
  #rules: ArmedRule[] = [];
  #made = 0;

  /** Replaces all rules. Throws a ZodError or SyntaxError on a rule that makes no sense. */
  replace(inputs: unknown): FaultRule[] {
    const rules = z.array(ruleShape).parse(inputs);
    this.#rules = [];
    for (const rule of rules) this.add(rule);
    return this.list().map(({ rule }) => rule);
  }

  add(input: unknown): FaultRule {
    const parsed = ruleShape.parse(input);
    this.#made += 1;
    const rule: FaultRule = { ...parsed, id: parsed.id ?? `fault-${this.#made}` };
    const path = rule.match.path === undefined ? null : new RegExp(rule.match.path);
    this.#rules.push({ rule, path, seen: 0, fired: 0, random: seededRandom(rule.seed) });
    return rule;
  }

  /** The rule was picked and did not apply after all. */
  takeBack(id: string): void {
    for (const armed of this.#rules) if (armed.rule.id === id) armed.fired -= 1;
  }

  remove(id: string): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter(({ rule }) => rule.id !== id);
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
  }

  list(): { rule: FaultRule; seen: number; fired: number }[] {
    return this.#rules.map(({ rule, seen, fired }) => ({ rule, seen, fired }));
  }

  /**
   * The rule that hits this request, counted as fired; null = nothing goes wrong. `objectOf` is
   * asked only when a rule needs it.
   */
  pick(method: string, url: URL, objectOf: (url: URL) => string | null): FaultRule | null {
    let hit: FaultRule | null = null;
    for (const armed of this.#rules) {
      if (!matches(armed, method, url, objectOf)) continue;
      armed.seen += 1;
      if (hit !== null || !fires(armed)) continue;
      armed.fired += 1;
      hit = armed.rule;
    }
    return hit;
  }
}

function matches(
  { rule, path }: ArmedRule,
  method: string,
  url: URL,
  objectOf: (url: URL) => string | null,
): boolean {
  if (rule.match.method !== undefined && rule.match.method.toUpperCase() !== method) return false;
  if (path !== null && !path.test(url.pathname + url.search)) return false;
  return (
    rule.match.object === undefined ||
    objectOf(url)?.toLowerCase() === rule.match.object.toLowerCase()
  );
}

function fires({ rule, seen, fired, random }: ArmedRule): boolean {
  // The draw is made for every match, so that `times` does not shift the sequence of a seed.
  const drawn = rule.probability === undefined || random() < rule.probability;
  if (rule.times !== undefined && fired >= rule.times) return false;
  if (rule.nth !== undefined && seen !== rule.nth) return false;
  if (rule.every !== undefined && seen % rule.every !== 0) return false;
  return drawn;
}

/**
 * Mulberry32: 32 bits of state are plenty to decide which request fails, and the sequence is
 * the same on every machine.
 */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
