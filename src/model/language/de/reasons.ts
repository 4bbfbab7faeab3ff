import type { Texts } from '../template.ts';
import type { reasons as english } from '../en/reasons.ts';

export const reasons: Texts<typeof english> = {
  'partner.won.up': `
    Bisher {won:money} gewonnen, mehr als ein Partner ähnlicher Größe bis jetzt; noch {left:span}.`,
  'partner.won.down': `
    Bisher nur {won:money} gewonnen, weniger als ein Partner ähnlicher Größe bis jetzt; noch
    {left:span}.`,
  'partner.won.none': 'Noch nichts gewonnen; es bleiben {left:span}.',
  'partner.pipeline.up': `
    {n#nachgewiesener offener Deal|nachgewiesene offene Deals}, erwarteter Ertrag bis dahin
    {sum:money}: mehr, als ein Partner ähnlicher Größe üblicherweise offen hat.`,
  'partner.pipeline.down': `
    Nur {n#nachgewiesener offener Deal|nachgewiesene offene Deals}, erwarteter Ertrag bis dahin
    {sum:money}: weniger, als ein Partner ähnlicher Größe üblicherweise offen hat.`,
  'partner.pipeline.unknown': 'Noch kein Deal eingetragen: Es zählt nur, was noch kommen kann.',
  'partner.pipeline.none.up': `
    Kein nachgewiesener offener Deal, doch allein seine bisherigen Abschlüsse sind mehr wert als
    die eines Partners ähnlicher Größe.`,
  'partner.pipeline.none.down':
    'Kein nachgewiesener offener Deal; ein Partner ähnlicher Größe hat üblicherweise welche.',
  'partner.conversion.up': `
    Gewinnt seine Deals öfter als andere Partner: {own:percent} innerhalb von {days:number} Tagen
    gegenüber {pool:percent} ({n#früherer Deal|frühere Deals}).`,
  'partner.conversion.down': `
    Gewinnt seine Deals seltener als andere Partner: {own:percent} innerhalb von {days:number}
    Tagen gegenüber {pool:percent} ({n#früherer Deal|frühere Deals}).`,
  'partner.arrivals.up': `
    Seine bisherigen Abschlüsse entsprechen {own:decimal} durchschnittlichen im Jahr, die eines
    Partners ähnlicher Größe {peer:decimal}.`,
  'partner.arrivals.down': `
    Seine bisherigen Abschlüsse entsprechen nur {own:decimal} durchschnittlichen im Jahr, die
    eines Partners ähnlicher Größe {peer:decimal}.`,
  'partner.arrivals.surer': `
    Seine {own:decimal} durchschnittlichen Abschlüsse im Jahr ({peer:decimal} bei einem Partner
    ähnlicher Größe) sind sicherer als die eines Unbekannten.`,
  'partner.arrivals.narrower': `
    Seine {own:decimal} durchschnittlichen Abschlüsse im Jahr ({peer:decimal} bei einem Partner
    ähnlicher Größe) lassen weniger Luft nach oben als die eines Unbekannten.`,
  'partner.half': `
    Offene Deals, die jemand Unbekanntes bewegt oder besprochen hat; zusammen bringen sie
    höchstens {most#Punkt|Punkte}.`,
  'deal.stage.up': `
    In {stage}: Von den Deals in dieser Phase werden bis zum {due:date} {own:percent} gewonnen,
    von allen offenen {all:percent}.`,
  'deal.stage.down': `
    In {stage}: Von den Deals in dieser Phase werden bis zum {due:date} nur {own:percent}
    gewonnen, von allen offenen {all:percent}.`,
  'deal.age.up': `
    Seit {days:lasting} in {stage}: Von solchen Deals werden bis zum {due:date} {own:percent}
    gewonnen, von allen in dieser Phase {all:percent}.`,
  'deal.age.down': `
    Seit {days:lasting} in {stage}: Von solchen Deals werden bis zum {due:date} nur {own:percent}
    gewonnen, von allen in dieser Phase {all:percent}.`,
  'deal.partner.up': `
    Deals dieses Partners werden öfter gewonnen als die anderer ({n#früherer Deal|frühere Deals}).`,
  'deal.partner.down': `
    Deals dieses Partners werden seltener gewonnen als die anderer
    ({n#früherer Deal|frühere Deals}).`,
  'deal.evidence.capped':
    '{stated:money} sind eingetragen und zählen bis zum Abschluss als {counted:money}.',
  'deal.evidence.half': `
    Niemand weiß, wer ihn bewegt hat: Solche Deals zählen zusammen höchstens so viel, wie die
    bisherigen Abschlüsse bringen.`,
  'deal.evidence.young': `
    Junge Deals zählen zusammen höchstens ein paarmal so viel, wie die bisherigen Abschlüsse
    bringen.`,
  'deal.evidence.nothing': `
    Weder wir noch der Käufer haben gezeigt, dass er echt ist: Solche Deals zählen zusammen halb
    so viel, wie die bisherigen Abschlüsse bringen.`,
  'deal.evidence.counts': 'Seine volle Wahrscheinlichkeit zählt.',
  'deal.level.up': 'Offene Deals vergangener Quartale brachten mehr, als für sie vorhergesagt war.',
  'deal.level.down':
    'Offene Deals vergangener Quartale brachten weniger, als für sie vorhergesagt war.',
  'win.stage.up': 'In {stage}, und wie er dorthin kam: Solche Deals werden öfter gewonnen.',
  'win.stage.down': 'In {stage}, und wie er dorthin kam: Solche Deals werden seltener gewonnen.',
  'win.age.up': `
    Seit {days:lasting} in {stage}, seit {age:lasting} offen: Solche Deals werden öfter gewonnen.`,
  'win.age.down': `
    Seit {days:lasting} in {stage}, seit {age:lasting} offen: Solche Deals werden seltener
    gewonnen.`,
  'win.activity.up': `
    Was daran getan wurde ({n#Aktivität|Aktivitäten} in der letzten Woche), gleicht dem, was bei
    gewonnenen Deals getan wird.`,
  'win.activity.down': `
    Was daran getan wurde ({n#Aktivität|Aktivitäten} in der letzten Woche), ist weniger als bei
    gewonnenen Deals.`,
  'win.activity.quiet.up':
    'Seit {days:lasting} keine Aktivität, was bei gewonnenen Deals nicht ungewöhnlich ist.',
  'win.activity.quiet.down': 'Seit {days:lasting} keine Aktivität.',
  'win.activity.none.up': `
    Noch nichts, was als Fortschritt zählt, was so früh bei gewonnenen Deals nicht ungewöhnlich
    ist.`,
  'win.activity.none.down': 'Bisher wurde nichts getan, was als Fortschritt zählt.',
  'win.quote.up': 'Seine Angebote und was aus ihnen wurde gleichen denen gewonnener Deals.',
  'win.quote.down': 'Seine Angebote und was aus ihnen wurde gleichen denen verlorener Deals.',
  'win.task.up': 'Seine offenen Aufgaben gleichen denen gewonnener Deals.',
  'win.task.down': 'Seine offenen Aufgaben gleichen denen verlorener Deals.',
  'win.amount.up': 'Deals dieses Betrags werden öfter gewonnen.',
  'win.amount.down': 'Deals dieses Betrags werden seltener gewonnen.',
  'win.product.up': 'Deals mit dem Produkt „{word}“ werden öfter gewonnen.',
  'win.product.down': 'Deals mit dem Produkt „{word}“ werden seltener gewonnen.',
  'win.origin.up': 'Deals der Herkunft „{word}“ werden öfter gewonnen.',
  'win.origin.down': 'Deals der Herkunft „{word}“ werden seltener gewonnen.',
  'win.industry.up': 'Deals mit Kunden der Branche „{word}“ werden öfter gewonnen.',
  'win.industry.down': 'Deals mit Kunden der Branche „{word}“ werden seltener gewonnen.',
  'win.competitor.up': 'Deals gegen „{word}“ werden öfter gewonnen.',
  'win.competitor.down': 'Deals gegen „{word}“ werden seltener gewonnen.',
  'win.about.up': `
    Deals, bei denen Produkt, Herkunft, Branche oder Wettbewerber nicht eingetragen sind, werden
    öfter gewonnen.`,
  'win.about.down': `
    Deals, bei denen Produkt, Herkunft, Branche oder Wettbewerber nicht eingetragen sind, werden
    seltener gewonnen.`,
  'win.push.up': 'Abschlussdatum {n#Mal|Mal} verschoben: Solche Deals werden öfter gewonnen.',
  'win.push.down': 'Abschlussdatum {n#Mal|Mal} verschoben: Solche Deals werden seltener gewonnen.',
  'win.push.none.up': 'Abschlussdatum nie verschoben: Solche Deals werden öfter gewonnen.',
  'win.push.none.down': 'Abschlussdatum nie verschoben: Solche Deals werden seltener gewonnen.',
  'win.quarter.up': 'Wenn das Quartal noch {left:span} dauert, werden solche Deals öfter gewonnen.',
  'win.quarter.down':
    'Wenn das Quartal noch {left:span} dauert, werden solche Deals seltener gewonnen.',
  'win.weekday.up': 'An solchen Wochentagen wird mehr entschieden.',
  'win.weekday.down': 'An solchen Wochentagen wird weniger entschieden.',
  'win.owner.up': 'Deals dieses Inhabers werden öfter gewonnen, als das Übrige erklärt.',
  'win.owner.down': 'Deals dieses Inhabers werden seltener gewonnen, als das Übrige erklärt.',
  'win.partner.up': 'Deals dieses Partners werden öfter gewonnen, als das Übrige erklärt.',
  'win.partner.down': 'Deals dieses Partners werden seltener gewonnen, als das Übrige erklärt.',
};
