import type { enable as english } from '../en/enable.ts';
import type { Texts } from '../template.ts';

export const enable: Texts<typeof english> = {
  'enable.title': 'Carencias, certificados y materiales',
  'enable.gap.stage': `
    Pierde el {own:percent} (de {low:least} a {high:most}) de sus oportunidades en la etapa {stage},
    los demás el {pool:percent}; {lost#oportunidad perdida|oportunidades perdidas} de {n:number}.`,
  'enable.gap.product': `
    Pierde el {own:percent} (de {low:least} a {high:most}) de sus oportunidades de {product}, los
    demás el {pool:percent}; {lost#oportunidad perdida|oportunidades perdidas} de {n:number}.`,
  'enable.noGap': `
    Ninguna carencia frente a los demás socios, según {n#oportunidad decidida|oportunidades
    decididas}.`,
  'enable.need': '«{deal}» es nueva, y falta el certificado para {product} ({certificate}).',
  'enable.asset': 'Lo que ayuda: «{asset}»',
  'enable.noAsset': 'El playbook no nombra ningún material para ello.',
  'enable.lift': `
    {asset}: usado en {n#oportunidad decidida|oportunidades decididas}, cuya tasa de éxito difiere en
    {points:points} puntos (de {fewest:points} a {most:points}) del {usual:percent} de otras
    {all:number} que habían llegado igual de lejos. Es una asociación: los materiales no se reparten
    al azar.`,
  'enable.lift.few': `
    {asset}: {n#oportunidad decidida|oportunidades decididas} con este material y otras
    {all:number} igual de lejos: demasiado pocas para comparar.`,
  'enable.certified': `
    Certificados, por diferencia en diferencias: en {n#partner|partners} la tasa de éxito cambió en
    {points:points} puntos (de {fewest:points} a {most:points}) más allá del cambio en {all:number}
    otros.`,
  'enable.certified.few': `
    Certificados: {n#partner se certificó|partners se certificaron} entre trimestres con
    oportunidades, junto a {all:number} otros; demasiado pocos para comparar.`,
  'enable.noLift': `
    Ninguna actividad indica en qué oportunidad se usó un material, así que no hay comparación:
    indique los tipos de actividad en «activities» de un material del playbook.`,
};
