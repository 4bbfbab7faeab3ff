import type { Command } from 'commander';
import { foundOfAll } from '../../sync/measure/found.ts';
import { returnList } from '../../sync/measure/trait-list.ts';
import type { CliDeps } from '../deps.ts';
import { coverageText, returnText } from '../return-text.ts';
import { registerShow } from './partner-show.ts';

export const registerReturn = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'what came back of what was spent on each partner, on margin',
    example: 'headwater return show --top 10',
    name: 'return',
    list: returnList,
    text: returnText,
    beneath: async (store, place, speech) => {
      const { coverage } = await foundOfAll(store, place.resultsId);
      return { json: { coverage }, text: coverageText(coverage, speech) };
    },
  });
