import type { card as english } from '../en/card.ts';
import type { Texts } from '../template.ts';

export const card: Texts<typeof english> = {
  'card.loading': 'Cargando el score',
  'card.noAccess': `
    No puede ver los campos en los que escribe Headwater. Pida acceso a su administrador:
    {access}.`,
  'card.accessSalesforce': 'conjunto de permisos «{name}»',
  'card.accessHubspot': 'permiso para ver las propiedades del grupo «{name}»',
  'card.noScorePartner': `
    Aún no hay score. Headwater evalúa a los socios y escribe el score tras su próxima ejecución.`,
  'card.noScoreDeal': `
    Aún no hay probabilidad. Headwater la escribe para las oportunidades abiertas de socios, tras
    su próxima ejecución.`,
  'card.closed-won': `
    Esta oportunidad está ganada. Los números de abajo se escribieron mientras estaba abierta.`,
  'card.closed-lost': `
    Esta oportunidad está perdida. Los números de abajo se escribieron mientras estaba abierta.`,
  'card.closed-closed': `
    Esta oportunidad está cerrada. Los números de abajo se escribieron mientras estaba abierta.`,
  'card.unknownObject': `
    Esta tarjeta no se hizo para {object}. Pida a su administrador que vuelva a crear el paquete
    a partir del mapeo.`,
  'card.failed': 'No se puede leer el registro: {message}',
  'card.missing': `
    No se muestra porque el campo está oculto para usted o ahora tiene otro nombre: {fields}.`,
  'card.veryLikely': 'Muy probable',
  'card.likely': 'Es probable',
  'card.even': 'Cerca del 50 %',
  'card.unlikely': 'Poco probable',
  'card.veryUnlikely': 'Muy poco probable',
  'card.band': '8 de cada 10 veces está entre {low} y {high}.',
  'card.between': '8 de cada 10 veces entre {low} y {high}',
  'card.unknown': 'desconocido',
  'card.evidenceNone': 'Aún no hay oportunidades pasadas: se usan valores típicos',
  'card.evidenceOne': 'A partir de 1 oportunidad pasada',
  'card.evidenceMany': 'A partir de {count} oportunidades pasadas',
  'card.asOf': 'A {day}',
  'card.old': `
    Estos números tienen {days} días. Pregunte a su administrador si Headwater sigue
    funcionando.`,
  'card.nextStep': 'Próximo paso',
  'card.openDeal': 'Abrir la oportunidad',
  'card.noDealAccess': 'No tiene acceso a la oportunidad de la que se trata.',
  'card.why': 'Por qué',
  'card.moreReasons': 'Mostrar {count} razones más',
  'card.fewerReasons': 'Mostrar menos razones',
  'card.good': 'efecto positivo',
  'card.middle': 'sin efecto',
  'card.poor': 'efecto negativo',
  'card.plan': 'Plan conjunto',
  'card.planHealth': 'Avance del plan',
  'card.vendorHealth': 'Nuestra parte',
  'card.nextDue': 'Próximo compromiso',
  'card.forecast': 'Previsión de este trimestre',
  'card.credit': 'Crédito de este año fiscal',
  'card.sourced': 'Aportado por el socio',
  'card.influenced': 'Con ayuda del socio',
  'card.more': 'Más números',
};
