import type { alert as english } from '../en/alert.ts';
import type { Texts } from '../template.ts';

export const alert: Texts<typeof english> = {
  'alert.above': '{what} von {name} ist auf {value} gestiegen (Grenze {limit}).',
  'alert.below': '{what} von {name} ist auf {value} gefallen (Grenze {limit}).',
  'alert.engine': '{what}: {value} (Grenze {limit}).',
  'alert.several': '{n#Hinweis|Hinweise} von Headwater',
  'alert.more': '… und {n#weiterer|weitere}',
  'alert.one': 'Headwater meldet: {name}',
  'alert.test': 'Ein Test von Headwater: Hinweise kommen hier an.',
};
