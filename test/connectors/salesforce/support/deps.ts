import type { ConnectorDeps } from '../../../../src/model/connector.ts';

export interface TestDeps extends ConnectorDeps {
  waits: number[];
  saved: Record<string, string>;
  events: string[];
}

/** Dependencies that never really wait, and remember what they were asked. */
export function testDeps(overrides: Partial<ConnectorDeps> = {}): TestDeps {
  const waits: number[] = [];
  const saved: Record<string, string> = {};
  const events: string[] = [];
  return {
    waits,
    saved,
    events,
    fetch: (input, init) => globalThis.fetch(input, init),
    nowMs: () => Date.now(),
    sleep: async (ms) => {
      waits.push(ms);
    },
    random: () => 0.5,
    log: (event) => {
      events.push(event);
    },
    saveSecret: async (name, value) => {
      saved[name] = value;
    },
    ...overrides,
  };
}
