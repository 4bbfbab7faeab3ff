import type { alert as english } from '../en/alert.ts';
import type { Texts } from '../template.ts';

export const alert: Texts<typeof english> = {
  'alert.above': '{what} de {name} : {value}, au seuil de {limit} ou au-dessus.',
  'alert.below': '{what} de {name} : {value}, au seuil de {limit} ou en dessous.',
  'alert.engine': '{what} : {value} (seuil {limit}).',
  'alert.several': '{n#alerte|alertes} de Headwater',
  'alert.more': '… et {n#autre|autres}',
  'alert.one': 'Headwater : {name}',
  'alert.test': 'Un essai de Headwater : les alertes arrivent ici.',
};
