import { describe, expect, it } from 'vitest';
import { workerApp } from '../../src/host/worker/app.ts';
import { databaseOf, secretsOf, type WorkerEnv } from '../../src/host/worker/env.ts';
import { onHints } from '../../src/host/worker/queue.ts';
import { instanceIdOf, onSchedule } from '../../src/host/worker/schedule.ts';
import { INSTANCE_ID_CHARS } from '../../src/host/worker/limits.ts';

const bare = (env: Record<string, unknown> = {}): WorkerEnv => env as WorkerEnv;
/** A database that answers every question in these words. */
const failing = (words: string) => {
  const fail = async (): Promise<never> => {
    throw new Error(words);
  };
  const statement: Record<string, unknown> = { run: fail, all: fail, raw: fail, first: fail };
  statement['bind'] = () => statement;
  return { prepare: () => statement, batch: fail };
};

describe('a deployment that lacks something', () => {
  it('names the binding and its cure', async () => {
    await expect(onSchedule(bare(), '*/15 * * * *', 0)).rejects.toMatchObject({
      kind: 'config',
      code: 'BINDING',
      message: expect.stringContaining('DB') as string,
    });
    expect(() => databaseOf(bare({ DB: failing('x') }), 'DB_2')).toThrow(/DB_2/);
    const response = await workerApp(new Request('https://hw.example/healthz'), bare());
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        error: {
          code: 'BINDING',
          message: expect.stringContaining('D1 binding DB') as string,
          cure: expect.stringContaining('wrangler.toml') as string,
        },
      },
    ]);
  });

  it('names the missing secret, never a value', () => {
    const connection = {
      version: 1 as const,
      id: 'a',
      crm: 'salesforce',
      mapping: 'm',
      settings: {},
      secrets: { privateKey: { env: 'A_KEY' }, clientSecret: { env: 'A_SECRET' } },
      shadow: [],
      limits: { quotaFloorPercent: 30 },
    };
    expect(() => secretsOf(bare({ A_KEY: 'top-secret' }), connection)).toThrow(/A_SECRET/);
    expect(() => secretsOf(bare({ A_KEY: 'top-secret' }), connection)).not.toThrow(/top-secret/);
    expect(() =>
      secretsOf(bare(), { ...connection, secrets: { privateKey: { file: 'k' } } }),
    ).toThrow(/a Worker has none/);
  });

  it('tells of a migration that was not applied, in the cron and over HTTP', async () => {
    const env = bare({
      DB: failing('D1_ERROR: no such table: documents: SQLITE_ERROR'),
      SYNC: { createBatch: async () => [] },
    });
    await expect(onSchedule(env, '*/15 * * * *', 0)).rejects.toThrow(/no such table/);
    const { createToken } = await import('../../src/model/api-token.ts');
    const { token, line } = await createToken('t', ['read']);
    const response = await workerApp(
      new Request('https://hw.example/v1/status', {
        headers: { authorization: `Bearer ${token}` },
      }),
      { ...env, HEADWATER_TOKENS: line },
    );
    expect([response.status, await response.text()]).toEqual([
      409,
      expect.stringContaining('d1 migrations apply'),
    ]);
  });

  it('keeps its API open where the secret of a webhook is too short, and shuts the webhooks', async () => {
    const ask = async (path: string, method: string): Promise<[number, string]> => {
      const env = bare({
        DB: failing('x'),
        SYNC: { createBatch: async () => [] },
        HEADWATER_HUBSPOT_SECRET: 'x'.repeat(17),
        HEADWATER_SALESFORCE_SECRET: 'x'.repeat(17),
      });
      const answer = await workerApp(new Request(`https://hw.example${path}`, { method }), env);
      return [answer.status, await answer.text()];
    };
    expect((await ask('/healthz', 'GET'))[0]).toBe(200);
    expect((await ask('/v1/status', 'GET'))[0]).toBe(401);
    const [refused, text] = await ask('/webhooks/hubspot', 'POST');
    expect(refused).toBe(409);
    expect(text).toContain('HEADWATER_HUBSPOT_SECRET is shorter than 24 characters');
    expect(text).not.toContain('17');
    expect((await ask(`/webhooks/salesforce/${'x'.repeat(17)}`, 'POST'))[0]).toBe(503);
  });

  it('starts the connections of the databases that work when one does not', async () => {
    const started: string[] = [];
    const row = ['acme', 'v', 1];
    const statement: Record<string, unknown> = {
      raw: async () => [row],
      all: async () => ({ results: [] }),
    };
    statement['bind'] = () => statement;
    const env = bare({
      DB: failing('D1_ERROR: D1 DB is overloaded'),
      DB_2: { prepare: () => statement, batch: async () => [] },
      SYNC: {
        createBatch: async (batch: { id: string }[]) => {
          started.push(...batch.map((one) => one.id));
          return batch;
        },
      },
    });
    await expect(
      onSchedule(env, '*/15 * * * *', Date.parse('2026-11-16T09:00:00Z')),
    ).rejects.toThrow(/started 1 of 1 runs; DB: /);
    expect(started).toEqual(['acme-20261116T0900-sync']);
  });

  it('leaves the messages of a broken database to be tried again, and then to the dead letters', async () => {
    const asked: string[] = [];
    const message = {
      body: {
        database: 'DB',
        connectionId: 'a',
        marks: [{ object: 'deals', id: '1' }],
        markedMs: 1,
      },
      ack: () => asked.push('ack'),
      retry: () => asked.push('retry'),
    };
    await onHints(bare({ DB: failing('D1_ERROR: Network connection lost.') }), {
      messages: [message, message],
      queue: 'q',
    } as never);
    expect(asked).toEqual(['retry', 'retry']);
  });

  it('lets a poisoned message go alone, whatever it holds', async () => {
    const asked: string[] = [];
    const message = (body: unknown, name: string): unknown => ({
      ...{ id: name, body },
      ack: () => asked.push(`${name} ack`),
      retry: () => asked.push(`${name} retry`),
    });
    const marks = [{ object: 'deals', id: '1' }];
    const sound = { database: 'DB', connectionId: 'a', marks, markedMs: 1 };
    await onHints(bare({ DB: failing('D1_ERROR: Network connection lost.') }), {
      messages: [
        ...[null, undefined, 7, 'x', [], {}, { ...sound, marks: [null] }].map((body, at) =>
          message(body, `odd${at}`),
        ),
        message(sound, 'sound'),
      ],
      queue: 'q',
    } as never);
    expect(asked.filter((one) => one.startsWith('odd')).every((one) => one.endsWith('ack'))).toBe(
      true,
    );
    expect([asked.length, asked.at(-1)]).toEqual([8, 'sound retry']);
  });
});

describe('names of instances', () => {
  it('are the same for the same tick, differ by connection, and fit', () => {
    const at = Date.parse('2026-11-16T09:00:30Z');
    expect(instanceIdOf('acme', at, 'sync')).toBe(instanceIdOf('acme', at - 20_000, 'sync'));
    const long = 'a'.repeat(62);
    expect(instanceIdOf(`${long}1`, at, 'audit')).not.toBe(instanceIdOf(`${long}2`, at, 'audit'));
    expect(`${instanceIdOf(`${long}1`, at, 'manual')}-p200`.length).toBeLessThanOrEqual(
      INSTANCE_ID_CHARS,
    );
  });
});
