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
    Ninguna carencia frente a los demás partners, según {n#oportunidad decidida|oportunidades
    decididas}.`,
  'enable.need': '«{deal}» es nueva, y falta el certificado para {product} ({certificate}).',
  'enable.asset': 'Lo que ayuda: «{asset}»',
  'enable.noAsset': 'El playbook no nombra ningún material para ello.',
  'enable.lift': `
    {asset}: de {n#oportunidad decidida|oportunidades decididas} con este material se ganaron
    {points:points} puntos más (de {fewest:points} a {most:points}) que de otras {all:number} que
    habían llegado igual de lejos ({usual:percent}). Es una asociación: nadie lo recibió por sorteo.`,
  'enable.lift.few': `
    {asset}: {n#oportunidad decidida|oportunidades decididas} con este material junto a otras
    {all:number}, demasiado pocas para comparar.`,
  'enable.noLift': `
    Ninguna actividad dice en qué oportunidad se usó un material (activities de un material del
    playbook), así que nada se dice de lo que va con él.`,
};
