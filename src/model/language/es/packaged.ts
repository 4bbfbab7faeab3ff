import type { packaged as english } from '../en/packaged.ts';
import type { Texts } from '../template.ts';

export const packaged: Texts<typeof english> = {
  'package.reportStake': 'Dinero en juego por socio',
  'package.reportGap': 'Brecha hasta el objetivo por socio',
  'package.reportHealth': 'Oportunidades abiertas por estado',
  'package.reportForecast': 'Previsión de este trimestre',
  'package.typePartners': 'Headwater: socios',
  'package.typeDeals': 'Headwater: oportunidades de socios',
  'package.typeAbout': 'Registros de {object} con lo que Headwater escribe sobre ellos',
  'package.dashboard': 'Headwater: el canal',
  'package.cardAbout': `
    Score, intervalo, razones y próximo paso, de los campos que escribe Headwater`,
  'package.setReader': 'Leer los campos que escribe Headwater',
  'package.setIntegration': 'Leer y editar los campos que escribe Headwater',
  'package.setManager': 'Leer los campos que escribe Headwater y ejecutar sus informes y su panel',
  'package.viewLine': 'Vista «{view}»: {filter}. Columnas: {columns}.',
  'package.filterKnown': '«{field}» es conocido',
  'package.filterMore': '«{field}» es mayor o igual que {value}',
  'package.filterLess': '«{field}» es menor que {value}',
  'package.filterEquals': '«{field}» es igual a {value}',
  'package.filterSorted': 'ordenada por «{field}», el mayor primero',
  'package.filterLargest':
    '«{field}» es mayor que {value}, ordenada por este campo, el mayor primero',
  'package.settingsAbout': 'Lo que escribe Headwater y cómo mostrarlo',
  'package.settingsMade': `
    Creado por headwater package, versión {version}, a partir del mapeo. Tras un cambio del mapeo,
    vuelva a crearlo y a subirlo.`,
  'package.settingsCard': `
    Ponga la tarjeta «Headwater» en el registro: Configuración > Objetos > {object} >
    Personalización de registros.`,
  'package.settingsProperties': 'Propiedades del grupo Headwater, en este orden: {columns}',
  'package.settingsViews': `
    HubSpot no permite que ninguna aplicación cree vistas guardadas. Para cada una: abra la lista
    de registros y añada una vista con este nombre, compartida con todos; en los filtros avanzados
    añada el filtro; en editar columnas elija las columnas; guarde la vista.`,
  'view.attentionPartners': 'Socios que requieren atención hoy',
  'view.attentionDeals': 'Oportunidades que requieren atención hoy',
  'view.toClose': 'Oportunidades que cerrar de una vez',
  'view.moneyAtStake': 'Socios con dinero en juego',
  'view.planGap': 'Socios por detrás de su plan',
  'view.stalled': 'Oportunidades de socios paradas',
};
