import type { classes as english } from '../en/classes.ts';
import type { Texts } from '../template.ts';

export const classes: Texts<typeof english> = {
  'class.title': 'Clases de socios',
  'class.name.grow': 'desarrollar',
  'class.name.intervene': 'intervenir',
  'class.name.review': 'revisar',
  'class.name.none': 'aún ninguna',
  'class.evidence': `
    se espera que alcance el {attainment:percent} de su objetivo; sigue vendiendo con una
    probabilidad del {p:percent}`,
  'class.silent': 'última venta o nueva oportunidad hace {n#mes|meses}',
  'class.neverSold': 'ninguna venta ni nueva oportunidad registrada',
  'class.triedOn': 'intentado el {day:date} por {by}: {what} ({why})',
  'class.reviewOn': 'revisión prevista el {day:date}',
  'class.noMatch': 'Ningún socio está en esa clase.',
  'class.above': 'camino de su objetivo: invertir',
  'class.behind': 'por detrás de su objetivo, pero sigue vendiendo: ayudarle',
  'class.untried': `
    probablemente ya no vende, y no se ha intentado nada desde entonces: ayudarle primero`,
  'class.waiting': 'probablemente ya no vende; lo intentado aún tiene tiempo',
  'class.tried': `
    probablemente ya no vende, y lo intentado no ha ayudado: revisarlo juntos`,
  'class.new': 'aún se sabe demasiado poco de él',
};
