/** Which partner a deal is proposed to, and why not another one. */
export const route = {
  'route.territory': 'sells in {regions} alone; the customer’s country is {country}',
  'route.nowhere': 'sells in {regions} alone; the customer’s country is not known',
  'route.protected': 'another partner’s registration protects it until {until:date}',
  'route.share': 'it has its share of deals for now',
  'route.task': 'Partners proposed for “{deal}”: {partners}',
  'route.chance': '{partner} ({p:percent})',
} as const;
