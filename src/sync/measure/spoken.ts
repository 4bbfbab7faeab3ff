import type { MappingSettings } from '../../model/mapping.ts';
import type { Store } from '../../store/store.ts';
import { planSettings } from './plan-import.ts';

/** What decides in whose words and money results are told. */
export type SpokenSettings = Pick<MappingSettings, 'language' | 'reportingCurrency' | 'timeZone'>;

const PLAIN: SpokenSettings = { language: 'en', reportingCurrency: 'USD', timeZone: 'UTC' };

/** Those of the mapping that was last synced; plain English where none was. */
export const spokenSettings = async (store: Store, connectionId: string): Promise<SpokenSettings> =>
  await planSettings(store, connectionId).catch(() => PLAIN);
