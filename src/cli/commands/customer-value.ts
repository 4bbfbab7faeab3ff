import type { Command } from 'commander';
import { foundOfAll } from '../../sync/measure/found.ts';
import { customerList } from '../../sync/measure/trait-list.ts';
import { customersText, customersWhole } from '../customers-text.ts';
import type { CliDeps } from '../deps.ts';
import { registerShow } from './partner-show.ts';

export const registerCustomerValue = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'what customers of each partner are worth beside direct ones of the same industries',
    example: 'headwater customer-value show',
    name: 'value',
    list: customerList,
    text: customersText,
    beneath: async (store, place, speech) => {
      const { customers } = await foundOfAll(store, place.resultsId);
      return { json: { customers }, text: customersWhole(customers, speech) };
    },
  });
