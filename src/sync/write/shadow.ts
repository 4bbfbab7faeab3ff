import { partnersAlsoKnownAs } from '../../store/partner-names.ts';
import { readShadowGate } from '../../store/track-record.ts';
import type { RunContext } from '../run/context.ts';

/** Everything that may stand for a partner in shadow; 'all' = nobody is written to. */
export type Shadow = 'all' | Set<string>;

/**
 * A partner is named by its own record or by its account, as the admin has it at hand;
 * deals know the account only.
 */
export async function shadowOf(
  context: Pick<RunContext, 'store' | 'connection' | 'connectionId' | 'servedId'>,
): Promise<Shadow> {
  const { shadow } = context.connection;
  if (shadow === 'until-skill')
    return (await readShadowGate(context.store, context.servedId)) === null ? 'all' : new Set();
  return shadow === 'all'
    ? 'all'
    : new Set(
        shadow.length === 0
          ? []
          : [
              ...shadow,
              ...(await partnersAlsoKnownAs(context.store, context.connectionId, shadow)),
            ],
      );
}

export const isShadowed = (shadow: Shadow, target: { partnerId: string | null }): boolean =>
  shadow === 'all' || (target.partnerId !== null && shadow.has(target.partnerId));
