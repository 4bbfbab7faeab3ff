import type { allocation as english } from '../en/allocation.ts';
import type { Texts } from '../template.ts';

export const allocation: Texts<typeof english> = {
  'allocation.hours.title': 'Horas de nuestra gente, último trimestre',
  'allocation.hours.none': `
    No hay actividad de nuestra gente en oportunidades de socios en el último trimestre, así
    que no hay nada que repartir.`,
  'allocation.hours.share': 'hoy {now:decimal} horas, según su valor {suggested:decimal}',
  'allocation.hours.total': `
    {total:decimal} horas en total en ambos casos; {guessed:decimal} de ellas con la duración
    habitual.`,
  'allocation.funds.title': 'Fondos, últimos doce meses',
  'allocation.funds.none': `
    No hay costes de importe conocido en los últimos doce meses, así que no hay nada que
    repartir.`,
  'allocation.funds.share': 'hoy {now:money}, según su valor {suggested:money}',
  'allocation.funds.total': `
    {total:money} en total en ambos casos; {guessed#coste no tiene|costes no tienen} importe
    conocido.`,
  'allocation.worth': `
    vale {value:money} en un año; algo más vale aquí {marginal:decimal} veces la media`,
  'allocation.assumed': `
    Se supone la misma forma de rendimiento decreciente para todos: una lista para hablar, no una
    conclusión.`,
};
