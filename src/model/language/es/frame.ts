import type { Texts } from '../template.ts';
import type { frame as english } from '../en/frame.ts';

export const frame: Texts<typeof english> = {
  'event.plan': 'Gana {goal:money} de aquí al {due:date} ({plan})',
  'event.repeat': `
    Gana unos {goal:money} o más, su importe habitual, en las próximas 13 semanas (sin objetivo en
    un plan)`,
  'event.deal': 'Ganada de aquí al {due:date}',
  'headline.deal': `
    Probabilidad de ganar {amount:money} de aquí al {due:date}: {p:percent} (de {low:least} a
    {high:most}), a partir de {n#oportunidad pasada|oportunidades pasadas}`,
  'headline.plan': `
    Probabilidad de ganar {goal:money} de aquí al {due:date} ({plan}): {p:percent} (de {low:least}
    a {high:most}), a partir de {n#oportunidad pasada|oportunidades pasadas}`,
  'headline.repeat': `
    Probabilidad de ganar unos {goal:money} o más, su importe habitual, en las próximas 13 semanas:
    {p:percent} (de {low:least} a {high:most}), a partir de
    {n#oportunidad pasada|oportunidades pasadas}`,
  'headline.reached':
    '{won:money} ganados: el objetivo de {goal:money} para el {due:date} ({plan}) está cumplido',
  'evidence.little': 'pocos datos',
  'evidence.said': '{said}; pocos datos',
  'closeRate.one': `
    {product}: {p:percent} (de {low:least} a {high:most}), a partir de {n#oportunidad
    pasada|oportunidades pasadas}`,
  'base.partner': '{p:exact} en un socio de tamaño parecido, de cualquier tipo',
  'base.partnerOfType':
    '{p:exact} en un socio de tamaño parecido, según {n#socio|socios} de tipo {type}',
  'base.deal': '{p:exact} en una oportunidad abierta cualquiera',
  'group.up': 'A favor:',
  'group.down': 'En contra:',
  'group.rest': '{n#razón menor|razones menores} en conjunto',
  total: '= {p:exact}, a {day:date}',
  'due.vendor': 'Debemos «{what}», con fecha {on:date}.',
  'due.partner': 'El socio debe «{what}», con fecha {on:date}.',
  'record.deal': `
    De {n#oportunidad|oportunidades} {n?estimada|estimadas} en {from:least} a {to:most} se ganó
    el {happened:percent}.`,
  'record.partner': `
    De {n#score de socio|scores de socios} de {from:least} a {to:most} se cumplió el
    {happened:percent}.`,
  'record.replayed': 'Recalculado sobre el pasado. {text}',
  'health.on track': 'según lo previsto',
  'health.slipping': 'con retraso',
  'health.stalled': 'parada',
  'triage.protect': 'proteger',
  'triage.rescue': 'rescatar',
  'triage.leave': 'no intervenir',
  'duplicate.of': '{id}: {evidence}',
  'duplicate.earlier': '{evidence}, {n#día|días} antes',
  'duplicate.deal': 'la misma oportunidad',
  'duplicate.account': 'la misma cuenta',
  'duplicate.domain': 'el mismo dominio {domain}',
  'duplicate.names': 'los nombres «{one}» y «{other}»',
  'word.under': '{p} o menos',
  'word.over': '{p} o más',
  'word.days': '{n#día|días}',
  'word.weeks': '{n#semana|semanas}',
  'word.lasting': 'más de {n#día|días}',
  'word.brief': 'menos de un día',
  'word.stage': 'su etapa',
};
