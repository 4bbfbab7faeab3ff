import type { OutputName } from '../../outputs.ts';

/** What the help beside a field says. */
export const descriptions: Readonly<Record<OutputName, string>> = {
  'partner.score':
    'Probabilidad en porcentaje de que el socio alcance el objetivo de resultado de su plan antes ' +
    'del fin del período',
  'partner.scoreLow': 'Extremo inferior del intervalo del 80 % del score',
  'partner.scoreHigh': 'Extremo superior del intervalo del 80 % del score',
  'partner.evidence': 'Número de oportunidades cerradas en las que se basa el score',
  'partner.evidenceWord':
    '«pocos datos» cuando hay menos de diez oportunidades detrás del score; vacío si no',
  'partner.difficulty':
    'Probabilidad en porcentaje de que un socio del mismo tamaño y tipo alcance el mismo ' +
    'objetivo: alta = fácil',
  'partner.event': 'El evento cuya probabilidad indica el score',
  'partner.reasons': 'Lo que sube y baja el score; los puntos suman su valor',
  'partner.nextAction': 'El próximo paso más útil, con su razón',
  'partner.nextDeal': 'Id. de la oportunidad abierta que nombra el mejor próximo paso',
  'partner.planHealth': 'Avance del plan conjunto, de 0 a 100',
  'partner.vendorHealth':
    'En qué medida nuestra parte ha cumplido lo prometido en el plan conjunto, de 0 a 100',
  'partner.nextDue': 'El primer compromiso pendiente del plan conjunto, de quién es y cuándo vence',
  'partner.winRate':
    'Porcentaje de las oportunidades registradas que se ganaron dentro del horizonte, ' +
    'ajustado hacia la media de todos los socios',
  'partner.winRateLow': 'Extremo inferior de la banda del 80 % de la tasa de éxito',
  'partner.winRateHigh': 'Extremo superior de la banda del 80 % de la tasa de éxito',
  'partner.closeRates':
    'Tasa de éxito esperada por producto dentro del horizonte, con banda y número de oportunidades',
  'partner.forecastLow': 'Este trimestre, percentil 10, moneda de referencia',
  'partner.forecast': 'Este trimestre, mediana, moneda de referencia',
  'partner.forecastHigh': 'Este trimestre, percentil 90, moneda de referencia',
  'partner.sourced':
    'Ganado en este año fiscal y aportado en primer lugar por el socio, con correcciones, moneda ' +
    'de referencia',
  'partner.influenced':
    'Ganado directamente en este año fiscal con participación del socio; nunca se suma a los ' +
    'ingresos aportados',
  'partner.forecastMean':
    'Este trimestre, media, moneda de referencia; las medias de los socios suman el canal',
  'partner.expectedAttainment':
    'Lo que se espera que gane el socio, en porcentaje del objetivo de su score',
  'partner.expectedAttainmentLow': 'Percentil 10 del cumplimiento esperado, o su media si es menor',
  'partner.expectedAttainmentHigh':
    'Percentil 90 del cumplimiento esperado, o su media si es mayor',
  'partner.gap':
    'Lo que le falta al importe esperado para llegar al objetivo, moneda de referencia',
  'partner.moneyAtStake':
    'Brecha multiplicada por lo que una venta típica más añade a la ' +
    'probabilidad, según el propio modelo',
  'partner.closing':
    'El menor número de oportunidades abiertas que cerrarían la brecha si se ganaran; ' +
    'solo unas pocas',
  'partner.scoreNext':
    'La misma probabilidad para el período siguiente, a partir del día 60 del trimestre',
  'partner.trackRecord':
    'Cómo resultaron los scores de la misma décima, tal como se indicaron entonces',
  'partner.asOf':
    'El día al que corresponde el score; se escribe con él y al menos una vez por semana',
  'partner.value1y': 'Lo que se espera ganar con el socio en los próximos doce meses, descontado',
  'partner.value1yLow': 'Extremo inferior del intervalo del 80 % del valor a un año',
  'partner.value1yHigh': 'Extremo superior del intervalo del 80 % del valor a un año',
  'partner.value3y': 'Lo que se espera ganar con el socio en los próximos tres años, descontado',
  'partner.value3yLow': 'Extremo inferior del intervalo del 80 % del valor a tres años',
  'partner.value3yHigh': 'Extremo superior del intervalo del 80 % del valor a tres años',
  'partner.active':
    'Probabilidad en porcentaje de que el socio no haya dejado de vender sin decirlo',
  'partner.capability':
    'Lo que el socio sabe hacer, de 0 a 100 en su tipo: certificados, cierres sobre lo esperado',
  'partner.capacity':
    'Cuánto puede asumir el socio, de 0 a 100 en su tipo: personas, carga, cierres de un año',
  'partner.commitment':
    'Su voluntad, de 0 a 100 en su tipo: plan, compromisos, oportunidades acreditadas, señales probadas',
  'partner.health':
    'Seis pilares, de 0 a 100; solo pesan los resultados y lo que está probado que los anuncia',
  'partner.class': 'desarrollar, intervenir o revisar: qué hacer con el socio; nunca una baja',
  'partner.tier':
    'El último nivel que alguien aprobó, o el que dice el CRM; nunca se cambia sin preguntar',
  'partner.tierNext':
    'Un nivel propuesto, una caducidad próxima o lo que falta para el próximo nivel',
  'deal.winProbability':
    'Probabilidad en porcentaje de que la oportunidad se gane antes del fin del trimestre',
  'deal.low': 'Extremo inferior del intervalo del 80 % de la probabilidad de ganar',
  'deal.high': 'Extremo superior del intervalo del 80 % de la probabilidad de ganar',
  'deal.everProbability':
    'Probabilidad en porcentaje de que la oportunidad se gane alguna vez, sea cuando sea',
  'deal.moneyAtStake':
    'Importe multiplicado por la probabilidad de que la oportunidad se gane alguna vez, ' +
    'moneda de referencia',
  'deal.evidence': 'Número de oportunidades pasadas en las que se basa la probabilidad',
  'deal.evidenceWord':
    '«pocos datos» cuando hay menos de diez oportunidades detrás de la probabilidad; vacío si no',
  'deal.reasons': 'Lo que sube y baja la probabilidad; los puntos suman su valor',
  'deal.trackRecord':
    'Cómo resultaron las oportunidades cuya probabilidad estaba en la misma décima',
  'deal.nextAction': 'El próximo paso más útil, con su razón',
  'deal.health': 'según lo previsto, con retraso, parada',
  'deal.stallRisk':
    'Probabilidad en porcentaje de que la oportunidad se pare en los próximos 14 días; vacío ' +
    'cuando ya lo está',
  'deal.triage': 'proteger, rescatar, no intervenir: lo que una intervención aún puede cambiar',
  'deal.expectedClose':
    'El día en que se alcanza la mitad de la probabilidad de ganar; no es la fecha de ' +
    'cierre introducida',
  'deal.expectedCloseLow': 'El día en que se alcanza una décima parte de la probabilidad de ganar',
  'deal.expectedCloseHigh':
    'El día en que se alcanzan nueve décimas partes de la probabilidad de ganar',
  'deal.agePercentile':
    'Porcentaje de las oportunidades propias que a esta antigüedad ya habían terminado',
  'deal.duplicateOf': 'El registro anterior que este repite, con lo que lo demuestra',
  'deal.asOf':
    'El día al que corresponde la probabilidad; se escribe con ella y al menos una vez por semana',
};
