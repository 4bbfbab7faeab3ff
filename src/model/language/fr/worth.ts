import type { worth as english } from '../en/worth.ts';
import type { Texts } from '../template.ts';

export const worth: Texts<typeof english> = {
  'value.title': 'Ce que valent les partenaires',
  'value.year': '{mean:money} en un an (80 % : {low:money} à {high:money})',
  'value.threeYears': '{mean:money} en trois ans (80 % : {low:money} à {high:money})',
  'value.active': `
    vend encore avec une probabilité de {p:percent} ; les douze derniers mois ont apporté
    {lastYear:money}`,
  'value.history': `
    a gagné dans {wins:number} mois sur {months:number}, il y a {ago#mois|mois} la dernière fois`,
  'value.topFifth': `
    Le premier cinquième des partenaires a apporté {p:percent} de ce qui a été gagné en douze
    mois (80 % : {low:percent} à {high:percent}).`,
  'value.effective': `
    La concentration est celle d’un réseau de {n:decimal} partenaires de même taille (80 % :
    {low:decimal} à {high:decimal}), sur {partners:number}.`,
  'value.nothingWon': `
    Personne n’a rien gagné ces douze derniers mois : il n’y a pas de concentration à mesurer.`,
};
