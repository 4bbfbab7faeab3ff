import type { worth as english } from '../en/worth.ts';
import type { Texts } from '../template.ts';

export const worth: Texts<typeof english> = {
  'value.title': 'Cuánto valen los socios',
  'value.year': '{mean:money} en un año (80 %: {low:money} a {high:money})',
  'value.threeYears': '{mean:money} en tres años (80 %: {low:money} a {high:money})',
  'value.active': `
    sigue vendiendo con una probabilidad del {p:percent}; los últimos doce meses trajeron
    {lastYear:money}`,
  'value.history': `
    ganó en {wins:number} de {months:number} meses, la última vez hace {ago#mes|meses}`,
  'value.topFifth': `
    La quinta parte mayor de los socios aportó el {p:percent} de lo ganado en doce meses (80 %:
    {low:percent} a {high:percent}).`,
  'value.effective': `
    Es una concentración como la de {n:decimal} socios del mismo tamaño (80 %: {low:decimal} a
    {high:decimal}), de {partners:number}.`,
  'value.nothingWon': `
    Nadie ha ganado nada en los últimos doce meses, así que no hay concentración que medir.`,
};
