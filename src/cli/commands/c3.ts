import type { Command } from 'commander';
import { c3List } from '../../sync/measure/trait-list.ts';
import { c3Text } from '../c3-text.ts';
import type { CliDeps } from '../deps.ts';
import { registerShow } from './partner-show.ts';

export const registerC3 = (noun: Command, deps: CliDeps): void =>
  registerShow(noun, deps, {
    about: 'capability, capacity and commitment of each partner, with their parts',
    example: 'headwater c3 show --partner Delta',
    name: 'c3',
    list: c3List,
    text: c3Text,
  });
