import type { plan as english } from '../en/plan.ts';
import type { Texts } from '../template.ts';

export const plan: Texts<typeof english> = {
  'plan.endsBefore':
    'endet am {end:date}, bevor er am {start:date} beginnt: Er wird nicht bewertet',
  'plan.endsBefore.cure': 'Die beiden Tage korrigieren.',
  'plan.tooLarge': 'hat {n#Ziel oder Zusage|Ziele und Zusagen}, mehr als bewertet werden',
  'plan.tooLarge.cure':
    'Behalten Sie von beiden höchstens je {most:number}, oder machen Sie mehrere Pläne daraus.',
  'plan.status': 'hat den Status „{status}“ und wird nicht bewertet',
  'plan.draft.cure': 'Mit dem Partner vereinbaren und den Status setzen.',
  'plan.overlaps':
    'überschneidet sich mit „{plan}“, der zuerst da war: Dieser hier wird solange nicht bewertet',
  'plan.overlaps.cure': 'Einen der beiden beenden, bevor der andere beginnt.',
  'plan.noTarget': 'hat kein Ziel: Nichts daran lässt sich messen',
  'plan.noTarget.cure': 'Ein Ziel hinzufügen.',
  'plan.metric': '„{target}“ nennt „{metric}“, und das ist keine Kennzahl, die sich zählen lässt',
  'plan.metric.cure': 'Bekannt sind: {known}. In der Zuordnung: {example}.',
  'plan.metric.near': 'War {near} gemeint?',
  'plan.zeroGoal': '„{target}“ hat das Ziel {goal:figure}, das alles erreicht',
  'plan.zeroGoal.cure': 'Ein Ziel über null setzen oder es entfernen.',
  'plan.noOutcome': `
    verspricht keinen gewonnenen Betrag: Der Score ist stattdessen die Wahrscheinlichkeit des
    üblichen Zeitraums`,
  'plan.noOutcome.cure': 'Auf der Seite des Partners ein Ziel für {metric} hinzufügen.',
  'plan.weights.partner': `
    die Gewichte auf der Seite des Partners ergeben {sum:figure}, weder 1 noch 100: Sie gelten als
    Anteile ihrer Summe`,
  'plan.weights.vendor': `
    die Gewichte auf unserer Seite ergeben {sum:figure}, weder 1 noch 100: Sie gelten als Anteile
    ihrer Summe`,
  'plan.weights.cure': 'Die Gewichte so setzen, dass sie 1 ergeben.',
  'plan.review': 'war bis zum {day:date} zu überprüfen',
  'plan.proposed': `
    wurde nach Beginn seines Zeitraums geändert (Revision {proposed}), ohne dass jemand zugestimmt
    hat: Bewertet wird Revision {revision}`,
  'plan.nobody': 'gehört zu {partner}, und das ist kein Partner (mehr): Er wird nicht bewertet',
  'plan.nobody.cure':
    'Einem Partner zuordnen oder jenes Konto in den Partnern der Zuordnung lassen.',
  'plan.unmeasured': '{target} – {why}',
};
