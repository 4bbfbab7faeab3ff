import type { Command } from 'commander';
import { foundOfAll } from '../../sync/measure/found.ts';
import { enablementList } from '../../sync/measure/trait-list.ts';
import type { CliDeps } from '../deps.ts';
import { certificationText, enablementText, liftsText } from '../enablement-text.ts';
import { registerShow } from './partner-show.ts';

export const registerEnable = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'where each partner loses more deals than others, and what would help it',
    example: 'headwater enable show --partner Delta',
    name: 'enablement',
    list: enablementList,
    text: enablementText,
    beneath: async (store, place, speech) => {
      const { lifts, certification } = await foundOfAll(store, place.resultsId);
      const text = liftsText(lifts, speech) + certificationText(certification, speech);
      return { json: { lifts, certification }, text };
    },
  });
