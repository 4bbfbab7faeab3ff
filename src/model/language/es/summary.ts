import type { summary as english } from '../en/summary.ts';
import type { Texts } from '../template.ts';

export const summary: Texts<typeof english> = {
  'summary.plan.none': '{partner} no tiene un plan conjunto para {period}.',
  'summary.plan.early': `
    Para {period}, {partner} tiene {n#objetivo|objetivos}, de los que aún no se puede medir nada.`,
  'summary.plan.kept': `
    Para {period}, {partner} tiene {n#objetivo medible|objetivos medibles}, y ninguno va con
    retraso.`,
  'summary.plan.behind': `
    Para {period}, {partner} tiene {n#objetivo medible|objetivos medibles}; {k#va|van} con retraso,
    sobre todo «{target}», al {pace:percent} de su ritmo.`,
  'summary.forecast': `
    Se esperan {sum:money} de todo el período, con una probabilidad del 80 % entre {floor:money} y
    {ceiling:money}; hay {n#oportunidad abierta|oportunidades abiertas}, por {open:money} en total.`,
  'summary.forecast.stalled': `
    Se esperan {sum:money} de todo el período, con una probabilidad del 80 % entre {floor:money} y
    {ceiling:money}; hay {n#oportunidad abierta|oportunidades abiertas}, por {open:money} en total,
    de las que {k#está estancada|están estancadas}.`,
  'summary.forecast.none': `
    Se esperan {sum:money} de todo el período, con una probabilidad del 80 % entre {floor:money} y
    {ceiling:money}; no hay ninguna oportunidad abierta.`,
  'summary.score': `
    El score es {score:number} (de {lower:number} a {upper:number}); no hay nada que hacer.`,
  'summary.driver': `
    El score es {score:number} (de {lower:number} a {upper:number}); lo que más pesa es
    «{reason}».`,
  'summary.next': `
    El score es {score:number} (de {lower:number} a {upper:number}); lo que más pesa es
    «{reason}», y lo primero que hay que hacer es «{action}».`,
  'summary.deals': 'Hay {n#oportunidad abierta|oportunidades abiertas}, por {open:money} en total.',
  'summary.deals.none': 'No hay ninguna oportunidad abierta.',
  'summary.promises': `
    Hay {n#compromiso abierto|compromisos abiertos}, de los que {k#ha vencido|han vencido}.`,
  'summary.promises.none': 'No hay ningún compromiso con fecha abierto.',
};
