import type { attention as english } from '../en/attention.ts';
import type { Texts } from '../template.ts';

export const attention: Texts<typeof english> = {
  'attention.stake': '{stake:money} en juego',
  'attention.gap': 'faltan {gap:money} para el objetivo',
  'attention.noGap': 'no falta nada para el objetivo',
  'attention.closing': 'para cerrar la brecha: {deals}',
  'attention.closer': '«{name}» ({amount:money}, {p:percent})',
  'attention.until': '{effort}, hasta el {day:date}',
  'attention.owner': 'responsable: {owner}',
  'attention.left': '{owner} (ya no está en activo)',
  'attention.nobody': 'nadie',
  'attention.none': `
    Hoy nada requiere atención: ningún socio ni oportunidad tiene dinero en juego y algo que
    hacer.`,
  'attention.noMatch': 'Nada de lo que requiere atención coincide con el filtro.',
  'attention.more': '{n#elemento más no se muestra|elementos más no se muestran}.',
};
