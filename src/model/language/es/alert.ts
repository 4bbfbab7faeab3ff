import type { alert as english } from '../en/alert.ts';
import type { Texts } from '../template.ts';

export const alert: Texts<typeof english> = {
  'alert.above': '{what} de {name} ha llegado a {value}, en el límite de {limit} o por encima.',
  'alert.below': '{what} de {name} ha bajado a {value}, en el límite de {limit} o por debajo.',
  'alert.engine': '{what}: {value} (límite {limit}).',
  'alert.several': '{n#aviso|avisos} de Headwater',
  'alert.more': '… y {n#más|más}',
  'alert.one': 'Headwater avisa: {name}',
  'alert.test': 'Una prueba de Headwater: los avisos llegan aquí.',
};
