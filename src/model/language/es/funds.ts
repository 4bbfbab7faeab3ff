import type { funds as english } from '../en/funds.ts';
import type { Texts } from '../template.ts';

export const funds: Texts<typeof english> = {
  'fund.title': 'Campañas con socios',
  'fund.one': `
    {name} ({state}): coste {cost:money}, {leads:number} oportunidades, {wins:number} ganadas,
    {won:money}`,
  'fund.unknown': `
    {name} ({state}): coste desconocido, {leads:number} oportunidades, {wins:number} ganadas,
    {won:money}`,
  'fund.planned': 'prevista',
  'fund.running': 'en curso',
  'fund.done': 'terminada',
  'fund.decided.approved': 'aprobada el {on:date} por {by}: {why}',
  'fund.decided.refused': 'rechazada el {on:date} por {by}: {why}',
  'fund.decided.done': 'realizada, como anotó {by} el {on:date}: {why}',
  'fund.none': 'No hay campañas de socios registradas, así que no hay nada que contar.',
  'fund.unnamed': 'sin nombre',
  'fund.group': `
    {group}: se ganó {times:decimal} veces su coste ({low:decimal} a {high:decimal}),
    {n#campaña|campañas}, {cost:money} por oportunidad`,
  'fund.groupNone': `
    {group}: se ganó {times:decimal} veces su coste ({low:decimal} a {high:decimal}),
    {n#campaña|campañas}, ninguna oportunidad`,
  'fund.proposals': 'Dónde se espera que rinda más la próxima campaña',
  'fund.proposal': `
    {partner}: se espera que {amount:money} rindan {times:decimal} veces su coste ({low:decimal}
    a {high:decimal})`,
  'fund.past': `
    {n#campaña propia rindió|campañas propias rindieron} {times:decimal} veces el coste`,
  'fund.noPast': 'aún sin campaña: según otros de su territorio',
  'fund.noProposal': 'Ninguna campaña de coste conocido ha terminado: no se puede proponer nada.',
  'fund.about': 'Propuestas para hablar: nada se aprueba, paga ni escribe.',
  'fund.review': 'Campañas por revisar',
  'fund.nothing': '{name} ({partner}): {cost:money} gastados, y no salió ninguna oportunidad',
  'fund.noCost': '{name} ({partner}): nadie dice cuánto costó',
  'fund.noCampaign': '{partner}: {cost:money} de fondos gastados sin campaña',
  'fund.nothingToReview': 'Nada que revisar.',
};
