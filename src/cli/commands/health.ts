import type { Command } from 'commander';
import { healthList } from '../../sync/measure/trait-list.ts';
import type { CliDeps } from '../deps.ts';
import { healthText } from '../health-text.ts';
import { registerShow } from './partner-show.ts';

export const registerHealth = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'health of each partner by six pillars, the worst first',
    example: 'headwater health show --top 10',
    name: 'health',
    list: healthList,
    text: healthText,
  });
