import type { Texts } from '../template.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Texts<typeof english> = {
  'action.close': `
    Cerrar como perdida: menos de 1 de cada 100 oportunidades así se gana alguna vez, y ya nada
    habla a su favor.`,
  'action.closeAll': `
    Cerrar {n#oportunidad|oportunidades} como perdida{n?|s} de una vez: cada una con menos del 1 %
    de probabilidad.`,
  'action.closeOrRevive': `
    Cerrar como perdida o reactivar: abierta desde hace {age:lasting}, sin reunión, llamada ni
    avance desde hace {silent:lasting}.`,
  'action.contact': 'Contactar con el comprador: nada se ha movido desde hace {silent:lasting}.',
  'action.meet': `
    Llamar o visitar al comprador: sin reunión, llamada ni avance desde hace {silent:lasting},
    solo contacto más ligero.`,
  'action.flash': `
    Ofrecer «{incentive}» ({cost:money}) por firmar hasta el {by:date}: etapa tardía, sin reunión,
    llamada ni avance desde hace {silent:lasting}.`,
  'action.redate': 'Fijar con el comprador una fecha de cierre real: el {day:date} ya ha pasado.',
  'action.unblock': `
    Preguntar qué la frena: en {stage} desde hace {days:lasting}, cuando cuatro de cada cinco
    salen antes.`,
  'action.requalify':
    'Confirmar el calendario del comprador: fecha de cierre aplazada {n#vez|veces} en esta etapa.',
  'action.verify': `
    Celebrar una primera reunión con el comprador: nada de nuestra parte ni del comprador muestra
    aún que sea real.`,
  'action.reassign': 'Asignar un nuevo responsable: {owner} ya no está en activo.',
  'action.outgrown': `
    Objetivo superado: {won:money} ganados de {goal:money}; plazo restante: {left:span}. Acordar
    el siguiente.`,
  'action.reached': `
    Objetivo cumplido: {won:money} ganados de {goal:money}. Acordar el siguiente al ritmo actual.`,
  'action.closeGap': `
    Faltan {gap:money} para el objetivo: trabajar «{deal}» ({amount:money}, {p:percent} de aquí al
    {due:date}).`,
  'action.closeGapMore': `
    Faltan {gap:money} para el objetivo: trabajar «{deal}» ({amount:money}, {p:percent} de aquí al
    {due:date}) y {n#oportunidad más|oportunidades más}.`,
  'action.revive': `
    Faltan {gap:money} para el objetivo: reactivar «{deal}» ({amount:money}), sin reunión, llamada
    ni avance desde hace {silent:lasting}.`,
  'action.coach': `
    Faltan {gap:money} para el objetivo: dar formación sobre la etapa {stage}, donde pierde el
    {own:percent} de sus oportunidades y otros socios el {pool:percent}.`,
  'action.coachWith': `
    Faltan {gap:money} para el objetivo: dar formación sobre la etapa {stage}, donde pierde el
    {own:percent} de sus oportunidades y otros socios el {pool:percent}. Material: «{asset}».`,
  'action.incentive': `
    Faltan {gap:money} para el objetivo: ofrecer «{incentive}» ({cost:money}) hasta el {by:date}.`,
  'action.pipeline': `
    Crear oportunidades juntos: faltan {gap:money} para el objetivo, y las abiertas aportarán
    previsiblemente {sum:money}.`,
  'action.firstDeal': 'Buscar juntos la primera oportunidad: aún no consta ninguna.',
  'action.agreePlan':
    'Acordar un plan conjunto con un objetivo de ventas: no hay ninguno en vigor.',
  'action.vendorPromise': 'Cumplir nuestra propia promesa: «{promise}» vencía el {due:date}.',
  'action.promise': 'Acordar una nueva fecha para «{promise}», que vencía el {due:date}.',
  'action.cleanUp': `
    Cerrar {n#oportunidad sin movimiento|oportunidades sin movimiento} que {n?debería|deberían}
    haberse movido hace tiempo y ya no {n?cuenta|cuentan}.`,
  'evidence.deals': 'a partir de {n#oportunidad pasada|oportunidades pasadas}',
  'evidence.plan': 'a partir del plan conjunto «{plan}»',
  'evidence.record': 'a partir de lo que contiene el CRM',
  'effect.met': `
    Con una reunión o llamada más, la probabilidad de aquí al {due:date} es del {to:percent} (de
    {low:least} a {high:most}), ahora del {from:percent}; a partir de
    {n#oportunidad pasada|oportunidades pasadas}: una asociación, no una promesa.`,
  'effect.met.same': `
    Con una reunión o llamada más, la probabilidad de aquí al {due:date} no es mayor: {to:percent}
    (de {low:least} a {high:most}), ahora {from:percent}; a partir de {n#oportunidad
    pasada|oportunidades pasadas}.`,
  'effect.moved': `
    Cuando una oportunidad así llega a {stage}, su probabilidad de aquí al {due:date} es del
    {to:percent} (de {low:least} a {high:most}), ahora del {from:percent}; a partir de
    {n#oportunidad pasada|oportunidades pasadas}: una asociación, no una promesa.`,
  'effect.moved.same': `
    Cuando una oportunidad así llega a {stage}, su probabilidad de aquí al {due:date} no es mayor:
    {to:percent} (de {low:least} a {high:most}), ahora {from:percent}; a partir de
    {n#oportunidad pasada|oportunidades pasadas}.`,
  'effect.partner': `
    Una venta típica más va unida a {points:points} puntos de score (de {low:points} a
    {high:points} según su tamaño), a partir de {n#venta pasada|ventas pasadas}: una asociación,
    no una promesa.`,
  'effect.partner.same': `
    Una venta típica más va unida a menos de {points:decimal} puntos de score.`,
  'effect.tidies':
    'No se espera ninguno: los datos quedan correctos, pero nada se vuelve más probable.',
  'effect.unmeasured': 'Sin efecto indicado: ningún dato distingue dónde se hizo de dónde no.',
  'effect.unknown': 'Sin efecto indicado: muy pocas oportunidades pasadas muestran lo que sigue.',
  'effort.minutes': 'unos minutos',
  'effort.hour': 'una hora, más o menos',
  'effort.days': 'unos días',
};
