/**
 * HubSpot's three limits: calls in ten seconds for each app, searches in a second and
 * calls in a day for the account.
 */
import { tooMany } from '../model/errors.ts';
import type { Access } from './access.ts';

export interface LimitSettings {
  /**
   * Calls of one private app in ten seconds: 100 free, 190 professional and
   * enterprise, 250 with the add-on.
   */
  burst: number;
  /** The same for an OAuth app. */
  oauthBurst: number;
  searchPerSecond: number;
  /**
   * Calls of all private apps in a day; 250,000 free, 650,000 professional, 1,000,000 enterprise.
   */
  daily: number;
  /**
   * Which clock the ten seconds and the second are counted by; off = no burst and search limits.
   */
  by: 'wall' | 'virtual' | 'off';
}

const PROFESSIONAL: LimitSettings = {
  burst: 190,
  oauthBurst: 110,
  searchPerSecond: 5,
  daily: 650_000,
  by: 'wall',
};

const BURST_MS = 10_000;
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

export interface LimitClocks {
  wallMs(): number;
  virtualMs(): number;
  utcOffsetMs: number;
}

export class RateLimiter {
  readonly settings: LimitSettings;
  readonly #clocks: LimitClocks;
  readonly #calls = new Map<string, number[]>();
  #searches: number[] = [];
  #day = -1;
  #usedToday = 0;

  constructor(settings: Partial<LimitSettings>, clocks: LimitClocks) {
    this.settings = { ...PROFESSIONAL, ...settings };
    this.#clocks = clocks;
  }

  /** Forgets every call that was made. */
  reset(): void {
    this.#calls.clear();
    this.#searches = [];
    this.#usedToday = 0;
  }

  get usedToday(): number {
    this.#turnDay();
    return this.#usedToday;
  }

  set usedToday(calls: number) {
    this.#turnDay();
    this.#usedToday = calls;
  }

  /** When the day's count starts anew: midnight of the account. */
  get resetsMs(): number {
    this.#turnDay();
    return (this.#day + 1) * DAY_MS - this.#clocks.utcOffsetMs;
  }

  #turnDay(): void {
    const day = Math.floor((this.#clocks.virtualMs() + this.#clocks.utcOffsetMs) / DAY_MS);
    if (day === this.#day) return;
    this.#day = day;
    this.#usedToday = 0;
  }

  /** Counts a call. Throws 429; a refused call counts for nothing but the record. */
  spend(access: Access, search: boolean): void {
    const daily = access.kind === 'private';
    if (daily && this.usedToday >= this.settings.daily) throw tooMany('DAILY');
    if (this.settings.by !== 'off') {
      if (search)
        this.#searches = this.#room(
          this.#searches,
          SECOND_MS,
          this.settings.searchPerSecond,
          'SECONDLY',
        );
      else
        this.#calls.set(
          access.token,
          this.#room(
            this.#calls.get(access.token) ?? [],
            BURST_MS,
            this.#burstOf(access),
            'TEN_SECONDLY_ROLLING',
          ),
        );
    }
    if (daily) this.#usedToday += 1;
  }

  #nowMs(): number {
    return this.settings.by === 'virtual' ? this.#clocks.virtualMs() : this.#clocks.wallMs();
  }

  #burstOf(access: Access): number {
    return access.kind === 'oauth' ? this.settings.oauthBurst : this.settings.burst;
  }

  /** The calls still inside the window with this one added. */
  #room(
    calls: readonly number[],
    windowMs: number,
    most: number,
    policy: 'SECONDLY' | 'TEN_SECONDLY_ROLLING',
  ): number[] {
    const nowMs = this.#nowMs();
    const recent = calls.filter((atMs) => atMs > nowMs - windowMs && atMs <= nowMs);
    if (recent.length >= most) throw tooMany(policy);
    recent.push(nowMs);
    return recent;
  }

  /**
   * The headers of an answer; searches and refusals carry the daily pair only, OAuth apps never do.
   */
  headers(access: Access | null, brief: boolean): Record<string, string> {
    if (access === null) return {};
    const daily: Record<string, string> =
      access.kind === 'oauth'
        ? {}
        : {
            'x-hubspot-ratelimit-daily': String(this.settings.daily),
            'x-hubspot-ratelimit-daily-remaining': String(
              Math.max(0, this.settings.daily - this.usedToday),
            ),
          };
    if (brief || this.settings.by === 'off') return daily;
    const nowMs = this.#nowMs();
    const calls = this.#calls.get(access.token) ?? [];
    const burst = this.#burstOf(access);
    const secondly = Math.floor(burst / 10);
    const inSecond = calls.filter((atMs) => atMs > nowMs - SECOND_MS).length;
    return {
      ...daily,
      'x-hubspot-ratelimit-interval-milliseconds': String(BURST_MS),
      'x-hubspot-ratelimit-max': String(burst),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, burst - calls.length)),
      'x-hubspot-ratelimit-secondly': String(secondly),
      'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, secondly - inSecond)),
    };
  }
}
