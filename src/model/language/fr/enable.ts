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
    {asset} : utilisé pour {n#affaire conclue ou perdue|affaires conclues ou perdues}, dont le taux
    de réussite s’écarte de {points:points} points ({fewest:points} à {most:points}) des
    {usual:percent} de {all:number} autres arrivées au même point. C’est une corrélation : les
    supports ne sont pas distribués au hasard.`,
  'enable.lift.few': `
    {asset} : {n#affaire conclue ou perdue|affaires conclues ou perdues} avec ce support et
    {all:number} autres arrivées au même point : trop peu pour comparer.`,
  'enable.certified': `
    Certificats, par différence de différences : chez {n#partenaire|partenaires}, le taux de succès
    a changé de {points:points} points ({fewest:points} à {most:points}) au-delà du changement chez
    {all:number} autres.`,
  'enable.certified.few': `
    Certificats : {n#partenaire a été certifié|partenaires ont été certifiés} entre des trimestres
    avec des affaires, à côté de {all:number} autres ; trop peu pour comparer.`,
  'enable.noLift': `
    Aucune activité n’indique pour quelle affaire un support a servi, la comparaison est donc
    impossible : indiquez les types d’activité sous « activities » d’un support du playbook.`,
};
