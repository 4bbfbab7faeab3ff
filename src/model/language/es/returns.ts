import type { returns as english } from '../en/returns.ts';
import type { Texts } from '../template.ts';

export const returns: Texts<typeof english> = {
  'return.title': 'Rendimiento de los socios, últimos doce meses',
  'return.value': `
    rendimiento {value:percent}: {margin:money} de margen por {cost:money} de costes`,
  'return.noCost': `
    sin rendimiento: no hay costes registrados (márgenes conocidos del {p:percent})`,
  'return.noMargin': `
    sin rendimiento: se conocen márgenes del {p:percent} de lo ganado, demasiado poco`,
  'return.won':
    '{won:money} ganados con oportunidades que aportó; márgenes conocidos del {p:percent}',
  'return.costs': 'costes {cost:money}: {kinds}',
  'return.unknown': '{n#coste no tiene|costes no tienen} importe conocido y no {n?cuenta|cuentan}',
  'return.coverage': `
    {n:number} de {all:number} tipos de coste están registrados; ninguno de: {kinds}`,
  'customers.title': 'Clientes de los socios junto a los directos de los mismos sectores',
  'customers.year': `
    {firstYear:money} en el primer año de un cliente, junto a {directFirstYear:money}
    ({n:number} clientes junto a {direct:number} directos)`,
  'customers.again': 'volvió a comprar en 18 meses: {p:percent} junto a {pool:percent}',
  'customers.ratio': `
    {times:decimal} veces un cliente directo ({low:decimal} a {high:decimal}, 80 %)`,
  'customers.few': 'demasiado pocos clientes de un lado para dar una proporción',
  'customers.alone': `
    {n#cliente de un sector|clientes de sectores} sin directos, sin nadie con quien compararlos`,
  'customers.nobody': 'ningún cliente en un sector que también tenga directos',
  'customers.all': 'Todos los socios juntos:',
  'customers.none': 'Ningún cliente de un socio lleva un año desde su primera compra.',
  'customers.missing.accounts': 'Sin registrar: de qué cliente es una oportunidad.',
  'customers.missing.industries': `
    Sin registrar: los sectores, así que todos los clientes son de uno.`,
  'customers.missing.renewals': `
    Sin registrar: las renovaciones; lo que se vuelve a comprar las sustituye.`,
  'customers.missing.churn': `
    Sin registrar: las bajas; no se descuenta nada por los clientes perdidos.`,
};
