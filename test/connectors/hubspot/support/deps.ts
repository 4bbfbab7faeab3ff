import type { ConnectorDeps } from '../../../../src/model/connector.ts';

export interface TestDeps extends ConnectorDeps {
  waits: number[];
  saved: Record<string, string>;
  events: { event: string; data?: Record<string, unknown> }[];
}

/**
 * Dependencies that never really wait, and remember what they were asked. Waiting moves the clock
 * that the connector sees.
 */
export function testDeps(overrides: Partial<ConnectorDeps> = {}): TestDeps {
  const waits: number[] = [];
  const saved: Record<string, string> = {};
  const events: TestDeps['events'] = [];
  let slept = 0;
  return {
    waits,
    saved,
    events,
    fetch: (input, init) => globalThis.fetch(input, init),
    nowMs: () => Date.now() + slept,
    sleep: async (ms) => {
      waits.push(ms);
      slept += ms;
    },
    random: () => 0.5,
    log: (event, data) => {
      events.push({ event, ...(data === undefined ? {} : { data }) });
    },
    saveSecret: async (name, value) => {
      saved[name] = value;
    },
    ...overrides,
  };
}
