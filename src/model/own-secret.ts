import type { ConnectorDeps } from './connector.ts';

/**
 * How a session spends its rotating secret: the host's way, or, where no other process can hold it,
 * always the value that this session was given last.
 */
export function spendingOf(
  given: string,
  deps: Pick<ConnectorDeps, 'spendSecret' | 'saveSecret' | 'log'>,
): NonNullable<ConnectorDeps['spendSecret']> {
  if (deps.spendSecret !== undefined) return deps.spendSecret;
  let current = given;
  return async (name, exchange, options) => {
    const { result, next } = await exchange(current);
    if (next !== undefined && next !== current) {
      current = next;
      const saved = deps.saveSecret(name, next);
      // A CRM that says it replaces nothing has kept the session good either way; whoever reads the
      // log can still keep the new one.
      await (options?.lasting === true
        ? saved.catch(() => {
            deps.log('secret.lost', { name });
          })
        : saved);
    }
    return result;
  };
}
