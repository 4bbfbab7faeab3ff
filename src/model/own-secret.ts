import type { ConnectorDeps } from './connector.ts';

/** How a session spends its rotating secret: the host's way, or, where no other process can hold it, always the value that this session was given last. */
export function spendingOf(given: string, deps: Pick<ConnectorDeps, 'spendSecret' | 'saveSecret'>): NonNullable<ConnectorDeps['spendSecret']> {
  if (deps.spendSecret !== undefined) return deps.spendSecret;
  let current = given;
  return async (name, exchange) => {
    const { result, next } = await exchange(current);
    if (next !== undefined && next !== current) {
      current = next;
      await deps.saveSecret(name, next);
    }
    return result;
  };
}
