import type { route as english } from '../en/route.ts';
import type { Texts } from '../template.ts';

export const route: Texts<typeof english> = {
  'route.territory': 'solo vende en {regions}; el país del cliente es {country}',
  'route.nowhere': 'solo vende en {regions}; no se conoce el país del cliente',
  'route.protected': 'el registro de otro partner lo protege hasta el {until:date}',
  'route.share': 'por ahora ya tiene su parte de oportunidades',
  'route.task': 'Partners propuestos para «{deal}»: {partners}',
  'route.chance': '{partner} con {p:percent}',
};
