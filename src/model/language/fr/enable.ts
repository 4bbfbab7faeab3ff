import type { enable as english } from '../en/enable.ts';
import type { Texts } from '../template.ts';

export const enable: Texts<typeof english> = {
  'enable.title': 'Lacunes, certificats et supports',
  'enable.gap.stage': `
    Perd {own:percent} ({low:least} à {high:most}) de ses affaires à l’étape {stage}, les autres
    {pool:percent} ; {lost#affaire perdue|affaires perdues} sur {n:number}.`,
  'enable.gap.product': `
    Perd {own:percent} ({low:least} à {high:most}) de ses affaires avec {product}, les autres
    {pool:percent} ; {lost#affaire perdue|affaires perdues} sur {n:number}.`,
  'enable.noGap': `
    Aucune lacune par rapport aux autres partenaires, d’après {n#affaire conclue ou perdue|affaires
    conclues ou perdues}.`,
  'enable.need': '« {deal} » est nouvelle, et le certificat pour {product} manque ({certificate}).',
  'enable.asset': 'Ce qui aide : « {asset} »',
  'enable.noAsset': 'Le playbook ne nomme aucun support pour cela.',
  'enable.lift': `
    {asset} : sur {n#affaire conclue ou perdue|affaires conclues ou perdues} avec ce support,
    {points:points} points de plus ont été gagnés ({fewest:points} à {most:points}) que sur
    {all:number} autres arrivées au même point ({usual:percent}). C’est une corrélation : personne
    ne l’a reçu par tirage au sort.`,
  'enable.lift.few': `
    {asset} : {n#affaire conclue ou perdue|affaires conclues ou perdues} avec ce support à côté de
    {all:number} autres, trop peu pour comparer.`,
  'enable.noLift': `
    Aucune activité ne dit pour quelle affaire un support a servi (activities d’un support du
    playbook) ; rien n’est donc dit de ce qui va avec.`,
};
