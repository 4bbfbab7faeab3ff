/** What the engine calls, in this order: fit the pool over pages of deals, score pages of partners and of direct deals, forecast from their parts. */
export { startPool, addDeal, type PoolFit } from '../forecast/pool-fit.ts';
export { finishPool } from '../forecast/pool-finish.ts';
export type { PoolModel } from '../forecast/pool-model.ts';
export type { ForecastPart } from '../forecast/part.ts';
export { channelForecast } from '../forecast/channel.ts';
export { fiscalQuarter } from '../kpi/calendar.ts';
export { KPIS } from '../kpi/registry.ts';
export { scorePartner, scoreDirectDeals } from './partner.ts';
export { MODEL_VERSION } from './constants.ts';
