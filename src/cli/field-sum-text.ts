import type { SyncSummary } from '../sync/run/flow.ts';
import { addFieldSums, noFieldSum } from '../sync/write/field-sum.ts';
import { cents, plural } from './format.ts';

/**
 * Whether whoever adds up the CRM's own fields comes to the forecast's part of open deals: amount x
 * win probability x realised multiplier.
 */
export function fieldSumText({ plan, forecast }: Pick<SyncSummary, 'plan' | 'forecast'>): string {
  const sum = plan.reduce(
    (all, one) => addFieldSums(all, one.fieldSum ?? noFieldSum()),
    noFieldSum(),
  );
  if (forecast === null || sum.deals + sum.kept === 0) return '';
  const of = (amount: number): string =>
    cents(Math.round(amount * forecast.multiplier), forecast.currency);
  const fits = Math.abs(sum.fields - sum.scored) <= sum.allowed;
  return [
    `  ${fits ? '' : '! '}win probabilities in the CRM come to ${of(sum.fields)} over ${plural(sum.deals, 'open deal')}, `,
    `the forecast takes ${of(sum.scored)} of them; thresholds allow a difference of ${of(sum.allowed)}`,
    sum.kept > 0
      ? `; ${plural(sum.kept, 'deal')} with another value in the field are in no sum`
      : '',
    '\n',
  ].join('');
}
