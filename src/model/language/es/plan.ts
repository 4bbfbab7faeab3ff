import type { plan as english } from '../en/plan.ts';
import type { Texts } from '../template.ts';

export const plan: Texts<typeof english> = {
  'plan.endsBefore': 'termina el {end:date}, antes de empezar el {start:date}: no se evalúa',
  'plan.endsBefore.cure': 'Corrija los dos días.',
  'plan.tooLarge': `
    tiene {n#objetivo o compromiso|objetivos y compromisos}, más de los que admite un plan
    evaluado`,
  'plan.tooLarge.cure': 'Deje como máximo {most:number} de cada tipo o divídalo en varios planes.',
  'plan.status': 'tiene el estado «{status}» y no se evalúa',
  'plan.draft.cure': 'Acuérdelo con el socio y actualice su estado.',
  'plan.overlaps': 'coincide con «{plan}», que estaba antes: mientras tanto, este no se evalúa',
  'plan.overlaps.cure': 'Termine uno de los dos antes de que empiece el otro.',
  'plan.noTarget': 'no tiene ningún objetivo: no se puede medir nada de él',
  'plan.noTarget.cure': 'Añada un objetivo.',
  'plan.metric': '«{target}» nombra «{metric}», que no es un indicador que se pueda contar',
  'plan.metric.cure': 'Conocidos: {known}. En el mapeo: {example}.',
  'plan.metric.near': '¿Quiso decir {near}?',
  'plan.zeroGoal': '«{target}» tiene el objetivo {goal:figure}, que cualquier cosa alcanza',
  'plan.zeroGoal.cure': 'Fije un objetivo superior a cero o elimínelo.',
  'plan.noOutcome':
    'no promete ningún importe ganado: el score es entonces la probabilidad del período habitual',
  'plan.noOutcome.cure': 'Añada un objetivo para {metric} del lado del socio.',
  'plan.weights.partner': `
    los pesos del lado del socio suman {sum:figure}, ni 1 ni 100: se toman como partes de su suma`,
  'plan.weights.vendor':
    'los pesos de nuestro lado suman {sum:figure}, ni 1 ni 100: se toman como partes de su suma',
  'plan.weights.cure': 'Haga que sumen 1.',
  'plan.review': 'debía revisarse antes del {day:date}',
  'plan.proposed': `
    se cambió después de empezar su período (revisión {proposed}), sin que nadie lo aprobara: se
    evalúa la revisión {revision}`,
  'plan.nobody': 'es de {partner}, que no es (o ya no es) un socio: no se evalúa',
  'plan.nobody.cure': 'Asígnelo a un socio o deje esa cuenta entre los socios del mapeo.',
  'plan.unmeasured': '{target}: {why}',
};
