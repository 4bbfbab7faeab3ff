import type { tier as english } from '../en/tier.ts';
import type { Texts } from '../template.ts';

export const tier: Texts<typeof english> = {
  'tier.title': 'Niveles',
  'tier.up': 'se propone {tier}: todo lo que pide se ha alcanzado durante el tiempo suficiente',
  'tier.down': 'se propone {tier}: lo que pide {now} faltó más allá del plazo de gracia',
  'tier.grace': 'por debajo de lo que pide {tier}, aún dentro del plazo de gracia',
  'tier.lapses': '{tier} caduca el {day:date} si no se gana nada más',
  'tier.next': 'después {tier}; falta: {items}',
  'tier.nextMet': `
    después {tier}: todo lo que pide se ha alcanzado, pero aún no durante el tiempo suficiente`,
  'tier.top': 'el nivel más alto de su escala',
  'tier.unknown': `
    el CRM dice «{tier}», que no es un nivel de la escala «{ladder}»: no se propone nada hasta
    que alguien apruebe uno`,
  'tier.noLadder': 'no hay escala para socios sin tipo',
  'tier.noType': 'no hay escala para el tipo «{type}»',
  'tier.noLadders': 'El mapeo no tiene escalas: settings.tiers dice qué pide cada nivel.',
  'tier.noProposal': 'No se propone otro nivel para nadie, y ninguno está a punto de caducar.',
  'tier.wonYear': '{now:money} de {need:money} ganados en doce meses',
  'tier.dealsYear': '{now:number} de {need:number} oportunidades ganadas en doce meses',
  'tier.certified': '{now:number} de {need:number} certificados vigentes',
  'tier.vendorHealth': 'nuestro lado del plan en {now:number} de {need:number}',
  'tier.vendorNothing': 'nuestro lado del plan no ha prometido nada que haya vencido',
  'tier.met': 'cumplido: {item}',
  'tier.missed': 'no cumplido: {item}',
  'tier.ahead': 'cumplido al final del trimestre al ritmo actual',
  'tier.notAhead': 'no cumplido al final del trimestre al ritmo actual',
  'tier.inForce': 'en vigor: {tier}',
  'tier.none': 'ningún nivel en vigor',
  'tier.benefits': 'aporta: {benefits}',
  'tier.approved': '{tier} aprobado por {by} el {day:date}: {why}',
};
