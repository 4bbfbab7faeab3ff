import type { route as english } from '../en/route.ts';
import type { Texts } from '../template.ts';

export const route: Texts<typeof english> = {
  'route.territory': 'verkauft nur in {regions}; das Land des Kunden ist {country}',
  'route.nowhere': 'verkauft nur in {regions}; das Land des Kunden ist nicht bekannt',
  'route.protected': 'die Registrierung eines anderen Partners schützt ihn bis zum {until:date}',
  'route.share': 'hat vorerst seinen Anteil an Deals',
  'route.task': 'Vorgeschlagene Partner für „{deal}“: {partners}',
  'route.chance': '{partner} mit {p:percent}',
};
