import type { route as english } from '../en/route.ts';
import type { Texts } from '../template.ts';

export const route: Texts<typeof english> = {
  'route.territory': 'ne vend que dans : {regions} ; le pays du client est {country}',
  'route.nowhere': 'ne vend que dans : {regions} ; le pays du client n’est pas connu',
  'route.protected': 'l’enregistrement d’un autre partenaire le protège jusqu’au {until:date}',
  'route.share': 'a pour l’instant sa part d’affaires',
  'route.task': 'Partenaires proposés pour « {deal} » : {partners}',
  'route.chance': '{partner} à {p:percent}',
};
