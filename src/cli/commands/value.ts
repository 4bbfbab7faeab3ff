import type { Command } from 'commander';
import { allConcentration, valueList } from '../../sync/measure/value-list.ts';
import type { CliDeps } from '../deps.ts';
import { concentrationText, valueText } from '../value-text.ts';
import { registerShow } from './partner-show.ts';

export const registerValue = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'what partners are worth, and how few of them bring how much',
    example: 'headwater value show --top 10',
    name: 'value',
    list: valueList,
    text: valueText,
    beneath: async (store, place, speech) => {
      const concentration = await allConcentration(store, place);
      return { json: { concentration }, text: concentrationText(concentration, speech) };
    },
  });
