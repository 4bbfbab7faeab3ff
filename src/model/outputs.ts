import { DEAL_OUTPUTS } from './deal-outputs.ts';
import type { OutputShape } from './output-shape.ts';
import { PARTNER_OUTPUTS } from './partner-outputs.ts';
import { WORTH_OUTPUTS } from './worth-outputs.ts';

export type { OutputShape };

/** Everything that Headwater can write into a CRM field. */
export const OUTPUTS = { ...PARTNER_OUTPUTS, ...WORTH_OUTPUTS, ...DEAL_OUTPUTS } as const;

export type OutputName = keyof typeof OUTPUTS;
export const outputShape = (name: string): OutputShape | undefined =>
  (OUTPUTS as Record<string, OutputShape>)[name];
