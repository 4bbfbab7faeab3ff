import type { Texts } from '../template.ts';
import type { reasons as english } from '../en/reasons.ts';

export const reasons: Texts<typeof english> = {
  'partner.won.up': `
    {won:money} ganados hasta ahora, más que un socio de tamaño parecido a estas alturas; plazo
    restante: {left:span}.`,
  'partner.won.down': `
    Solo {won:money} ganados hasta ahora, menos que un socio de tamaño parecido a estas alturas;
    plazo restante: {left:span}.`,
  'partner.won.none': 'Nada ganado todavía; plazo restante: {left:span}.',
  'partner.pipeline.up': `
    {n#oportunidad abierta comprobada|oportunidades abiertas comprobadas}, con {sum:money}
    esperados hasta entonces: más de lo que suele tener abierto un socio de tamaño parecido.`,
  'partner.pipeline.down': `
    Solo {n#oportunidad abierta comprobada|oportunidades abiertas comprobadas}, con {sum:money}
    esperados hasta entonces: menos de lo que suele tener abierto un socio de tamaño parecido.`,
  'partner.pipeline.unknown':
    'Aún no consta ninguna oportunidad: solo cuenta lo que todavía puede abrir.',
  'partner.pipeline.none.up': `
    Ninguna oportunidad abierta comprobada, pero su historial vale por sí solo más que el de un
    socio de tamaño parecido.`,
  'partner.pipeline.none.down':
    'Ninguna oportunidad abierta comprobada; un socio de tamaño parecido suele tener alguna.',
  'partner.conversion.up': `
    Gana sus oportunidades más a menudo que otros socios: el {own:percent} en {days:number} días
    frente al {pool:percent} ({n#oportunidad pasada|oportunidades pasadas}).`,
  'partner.conversion.down': `
    Gana sus oportunidades menos a menudo que otros socios: el {own:percent} en {days:number} días
    frente al {pool:percent} ({n#oportunidad pasada|oportunidades pasadas}).`,
  'partner.arrivals.up': `
    Su historial equivale a {own:decimal} ventas medias al año, el de un socio de tamaño parecido
    a {peer:decimal}.`,
  'partner.arrivals.down': `
    Su historial equivale solo a {own:decimal} ventas medias al año, el de un socio de tamaño
    parecido a {peer:decimal}.`,
  'partner.arrivals.surer': `
    Su historial de {own:decimal} ventas medias al año ({peer:decimal} en un socio de tamaño
    parecido) es más seguro que el de un desconocido.`,
  'partner.arrivals.narrower': `
    Su historial de {own:decimal} ventas medias al año ({peer:decimal} en un socio de tamaño
    parecido) deja menos margen hacia arriba que el de un desconocido.`,
  'partner.half': `
    Oportunidades abiertas que hizo avanzar o trató en una reunión alguien desconocido; juntas
    suman como mucho {most#punto|puntos}.`,
  'deal.stage.up': `
    En {stage}: de aquí al {due:date} se gana el {own:percent} de las oportunidades en esta etapa,
    de todas las abiertas el {all:percent}.`,
  'deal.stage.down': `
    En {stage}: de aquí al {due:date} solo se gana el {own:percent} de las oportunidades en esta
    etapa, de todas las abiertas el {all:percent}.`,
  'deal.age.up': `
    En {stage} desde hace {days:lasting}: de aquí al {due:date} se gana el {own:percent} de ellas,
    de todas en esta etapa el {all:percent}.`,
  'deal.age.down': `
    En {stage} desde hace {days:lasting}: de aquí al {due:date} solo se gana el {own:percent} de
    ellas, de todas en esta etapa el {all:percent}.`,
  'deal.partner.up': `
    Las oportunidades de este socio se ganan más a menudo que las de otros
    ({n#oportunidad pasada|oportunidades pasadas}).`,
  'deal.partner.down': `
    Las oportunidades de este socio se ganan menos a menudo que las de otros
    ({n#oportunidad pasada|oportunidades pasadas}).`,
  'deal.evidence.capped':
    'Constan {stated:money}, que cuentan como {counted:money} hasta que se gane.',
  'deal.evidence.half': `
    Nadie sabe quién la movió: juntas, estas oportunidades cuentan como mucho lo que aporta el
    historial de ventas.`,
  'deal.evidence.young': `
    Las oportunidades recientes cuentan juntas como mucho unas pocas veces lo que aporta el
    historial de ventas.`,
  'deal.evidence.nothing': `
    Nada de nuestra parte ni del comprador muestra que sea real: juntas, estas oportunidades
    cuentan la mitad de lo que aporta el historial de ventas.`,
  'deal.evidence.counts': 'Cuenta toda su probabilidad.',
  'deal.level.up': 'Las oportunidades abiertas de trimestres pasados aportaron más de lo previsto.',
  'deal.level.down':
    'Las oportunidades abiertas de trimestres pasados aportaron menos de lo previsto.',
  'win.stage.up': 'En {stage}, y cómo llegó allí: las oportunidades así se ganan más a menudo.',
  'win.stage.down': 'En {stage}, y cómo llegó allí: las oportunidades así se ganan menos a menudo.',
  'win.age.up': `
    En {stage} desde hace {days:lasting}, abierta desde hace {age:lasting}: tales oportunidades se
    ganan más a menudo.`,
  'win.age.down': `
    En {stage} desde hace {days:lasting}, abierta desde hace {age:lasting}: tales oportunidades se
    ganan menos a menudo.`,
  'win.activity.up': `
    Lo que se hizo en ella ({n#actividad|actividades} en la última semana) se parece a lo que se
    hace en las ganadas.`,
  'win.activity.down': `
    Lo que se hizo en ella ({n#actividad|actividades} en la última semana) es menos que en las
    ganadas.`,
  'win.activity.quiet.up':
    'Sin actividad desde hace {days:lasting}, lo que no es raro en las ganadas.',
  'win.activity.quiet.down': 'Sin actividad desde hace {days:lasting}.',
  'win.activity.none.up':
    'Aún nada que cuente como avance, lo que tan pronto no es raro en las ganadas.',
  'win.activity.none.down': 'Aún no se ha hecho nada que cuente como avance.',
  'win.quote.up': 'Sus ofertas y lo que fue de ellas se parecen a las de oportunidades ganadas.',
  'win.quote.down': 'Sus ofertas y lo que fue de ellas se parecen a las de oportunidades perdidas.',
  'win.task.up': 'Sus tareas abiertas se parecen a las de oportunidades ganadas.',
  'win.task.down': 'Sus tareas abiertas se parecen a las de oportunidades perdidas.',
  'win.amount.up': 'Las oportunidades de este importe se ganan más a menudo.',
  'win.amount.down': 'Las oportunidades de este importe se ganan menos a menudo.',
  'win.product.up': 'Las oportunidades con el producto «{word}» se ganan más a menudo.',
  'win.product.down': 'Las oportunidades con el producto «{word}» se ganan menos a menudo.',
  'win.origin.up': 'Las oportunidades de origen «{word}» se ganan más a menudo.',
  'win.origin.down': 'Las oportunidades de origen «{word}» se ganan menos a menudo.',
  'win.industry.up': 'Las oportunidades con clientes del sector «{word}» se ganan más a menudo.',
  'win.industry.down':
    'Las oportunidades con clientes del sector «{word}» se ganan menos a menudo.',
  'win.competitor.up': 'Las oportunidades contra «{word}» se ganan más a menudo.',
  'win.competitor.down': 'Las oportunidades contra «{word}» se ganan menos a menudo.',
  'win.about.up': `
    Las oportunidades sin producto, origen, sector o competidor registrado se ganan más a menudo.`,
  'win.about.down': `
    Las oportunidades sin producto, origen, sector o competidor registrado se ganan menos a
    menudo.`,
  'win.push.up':
    'Fecha de cierre aplazada {n#vez|veces}: las oportunidades así se ganan más a menudo.',
  'win.push.down':
    'Fecha de cierre aplazada {n#vez|veces}: las oportunidades así se ganan menos a menudo.',
  'win.push.none.up':
    'Fecha de cierre nunca aplazada: las oportunidades así se ganan más a menudo.',
  'win.push.none.down':
    'Fecha de cierre nunca aplazada: las oportunidades así se ganan menos a menudo.',
  'win.quarter.up':
    'Cuando quedan {left:span} del trimestre, las oportunidades así se ganan más a menudo.',
  'win.quarter.down':
    'Cuando quedan {left:span} del trimestre, las oportunidades así se ganan menos a menudo.',
  'win.weekday.up': 'En esos días de la semana se decide más.',
  'win.weekday.down': 'En esos días de la semana se decide menos.',
  'win.owner.up':
    'Las oportunidades de este responsable se ganan más a menudo de lo que explica el resto.',
  'win.owner.down':
    'Las oportunidades de este responsable se ganan menos a menudo de lo que explica el resto.',
  'win.partner.up':
    'Las oportunidades de este socio se ganan más a menudo de lo que explica el resto.',
  'win.partner.down':
    'Las oportunidades de este socio se ganan menos a menudo de lo que explica el resto.',
};
