import { tokenSource } from '../../connectors/salesforce/auth.ts';
import { parseSettings } from '../../connectors/salesforce/settings.ts';
import { NetworkFailure } from '../../connectors/kit/wire.ts';
import type { Transport } from '../../connectors/salesforce/transport.ts';
import { HeadwaterError, asHeadwaterError } from '../../src/model/error.ts';
import type { Cipher } from '../../src/store/cipher.ts';
import { secretSpender } from '../../src/store/rotation.ts';
import type { Store } from '../../src/store/store.ts';
import { readSecret, saveSecret } from '../../src/store/vault.ts';

const PROCESSES = 3;
const SIGN_INS = 2;
const TRIES = 3;
const FIRST = 'R0';
/** The transport gives up then, whatever the server did. */
const TIMEOUT_MS = 130_000;
/**
 * A process that runs at all saves what it holds within this; one that sleeps longer is as
 * good as dead with the answer.
 */
const HELD_MS = 45_000;

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An authorization server with rotation: an old refresh token that comes back ends everything. */
class TokenServer {
  current = FIRST;
  spent = new Set<string>();
  revokedBy: string | null = null;
  rotations = 0;

  exchange(token: string): { next: string; access: string } | null {
    if (this.spent.has(token)) this.revokedBy ??= token;
    if (this.revokedBy !== null || token !== this.current) return null;
    this.spent.add(token);
    this.current = `R${++this.rotations}`;
    return { next: this.current, access: `A${this.rotations}` };
  }
}

interface Process {
  sentMs: number | null;
  holds: { spent: string; sinceMs: number } | null;
  signedIn: number;
  wake: (() => void) | null;
  died: boolean;
  ended: boolean;
}

export interface RaceResult {
  rotations: number;
  crashes: number;
  signIns: number;
  revokedBy: string | null;
  /** Spent tokens whose answer reached no disk: the wire lost it, or the process ended with it. */
  lost: string[];
  kept: string;
  current: string;
  busy: number;
  faults: string[];
}

/**
 * One race of a few processes that sign in with the same rotating secret. One of them runs at a
 * time, from one point to the next; the seed says which, how much time passes, who dies, what
 * the wire loses and when the disk is full. `alone` false: each trusts what it read when it
 * started, as most programs do.
 */
export async function race(
  store: Store,
  cipher: Cipher,
  connectionId: string,
  seed: number,
  alone: boolean,
): Promise<RaceResult> {
  const random = seeded(seed);
  const server = new TokenServer();
  const result: RaceResult = {
    rotations: 0,
    crashes: 0,
    signIns: 0,
    revokedBy: null,
    lost: [],
    kept: '',
    current: '',
    busy: 0,
    faults: [],
  };
  const processes: Process[] = [];
  let nowMs = 1_000_000;
  let reached = (): void => {};
  const pass = (ms: number): void => {
    const held = processes
      .filter((one) => !one.died && one.holds !== null)
      .map((one) => one.holds!.sinceMs + HELD_MS);
    nowMs = Math.max(nowMs, Math.min(nowMs + ms, ...held));
  };
  const point = async (self: Process): Promise<void> => {
    await new Promise<void>((wake) => {
      self.wake = wake;
      reached();
    });
  };

  const transportOf = (self: Process): Transport => ({
    readings: { calls: 0, usedCalls: null, limitCalls: null, limitReadAtMs: null },
    httpRequest: () => {
      throw new Error('unused');
    },
    async send(request) {
      self.sentMs = nowMs;
      const late = (): boolean => nowMs - self.sentMs! > TIMEOUT_MS;
      const broken = (): NetworkFailure =>
        new NetworkFailure(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
      await point(self);
      if (late() || random() < 0.05) throw broken();
      const token = new URLSearchParams(String(request.body)).get('refresh_token')!;
      const answer = server.exchange(token);
      if (answer !== null) self.holds = { spent: token, sinceMs: nowMs };
      await point(self);
      if (late() || random() < 0.02) {
        if (answer !== null) result.lost.push(token);
        self.holds = null;
        throw broken();
      }
      if (answer === null) throw new HeadwaterError('auth', 'invalid_grant');
      return {
        status: 200,
        headers: {},
        body: JSON.stringify({
          access_token: answer.access,
          instance_url: 'https://acme.my.salesforce.com',
          refresh_token: answer.next,
        }),
      };
    },
  });

  async function work(self: Process): Promise<void> {
    const paused: Store = {
      ...store,
      batch: async (statements) => {
        await point(self);
        await store.batch(statements);
        await point(self);
      },
    };
    const read = async (): Promise<string> => {
      await point(self);
      const value = (await readSecret(store, cipher, connectionId, 'refreshToken')) ?? FIRST;
      await point(self);
      return value;
    };
    const save = async (_: string, value: string): Promise<void> => {
      await point(self);
      if (random() < 0.05)
        throw new HeadwaterError('config', 'database or disk is full', { code: 'SQLITE_FULL' });
      await saveSecret(store, cipher, connectionId, 'refreshToken', value, nowMs);
      self.holds = null;
      await point(self);
    };
    const sleep = async (ms: number): Promise<void> => {
      pass(ms);
      await point(self);
    };
    const deps = { fetch, nowMs: () => nowMs, sleep, random, log: () => {}, saveSecret: save };
    const spendSecret = secretSpender({
      connectionId,
      withStore: async (use) => await use(paused),
      home: () => ({ read, save }),
      nowMs: deps.nowMs,
      sleep,
      log: () => {},
    });
    const given = parseSettings(
      { auth: 'refresh-token', clientId: 'c' },
      { refreshToken: await read() },
    );
    const source = tokenSource(
      given.settings,
      given.secrets,
      alone ? { ...deps, spendSecret } : deps,
      transportOf(self),
    );
    for (let n = 0; self.signedIn < SIGN_INS && n < TRIES * SIGN_INS; n++) {
      try {
        await source.obtain();
        self.signedIn++;
        result.signIns++;
      } catch (error) {
        const { code, kind, message } = asHeadwaterError(error);
        if (code === 'SECRET_BUSY') {
          result.busy++;
          return;
        }
        if (kind === 'auth') return;
        if (kind === 'bug') result.faults.push(message);
      }
      await point(self);
    }
  }

  const start = (signedIn: number): void => {
    const self: Process = {
      sentMs: null,
      holds: null,
      signedIn,
      wake: null,
      died: false,
      ended: false,
    };
    processes.push(self);
    // It waits at its own door until the first turn.
    void point(self)
      .then(() => work(self))
      .catch((error: unknown) => result.faults.push(String(error)))
      .finally(() => {
        // It gave up with an answer that its disk did not take.
        if (self.holds !== null) result.lost.push(self.holds.spent);
        self.ended = true;
        reached();
      });
  };
  for (let n = 0; n < PROCESSES; n++) start(0);

  for (;;) {
    const waiting = processes.filter((one) => !one.died && !one.ended && one.wake !== null);
    if (waiting.length === 0) break;
    const self = waiting[Math.floor(random() * waiting.length)]!;
    if (random() < 0.25) pass(random() < 0.1 ? 10 * 60_000 * random() : 2000 * random());
    if (result.crashes < 3 && random() < 0.02) {
      // kill -9: nothing of it runs any more; the request may be on its way all the same.
      self.died = true;
      result.crashes++;
      if (self.holds !== null) result.lost.push(self.holds.spent);
      start(self.signedIn);
      continue;
    }
    const { wake } = self;
    self.wake = null;
    const next = new Promise<void>((resolve) => {
      reached = resolve;
    });
    wake!();
    await next;
  }
  return {
    ...result,
    rotations: server.rotations,
    revokedBy: server.revokedBy,
    kept: (await readSecret(store, cipher, connectionId, 'refreshToken')) ?? FIRST,
    current: server.current,
  };
}
