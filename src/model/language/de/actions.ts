import type { Texts } from '../template.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Texts<typeof english> = {
  'action.close': `
    Als verloren schließen: Weniger als 1 von 100 solchen Deals wird je gewonnen, und nichts
    spricht mehr für ihn.`,
  'action.closeAll':
    '{n#Deal|Deals} in einem Zug als verloren schließen: Chance jeweils unter 1 %.',
  'action.closeOrRevive': `
    Als verloren schließen oder reaktivieren: seit {age:lasting} offen, seit {silent:lasting}
    kein Treffen, Anruf oder Fortschritt.`,
  'action.contact': 'Sich beim Käufer melden: Seit {silent:lasting} hat sich nichts bewegt.',
  'action.meet': `
    Den Käufer anrufen oder treffen: seit {silent:lasting} kein Treffen, Anruf oder Fortschritt,
    nur leichterer Kontakt.`,
  'action.flash': `
    „{incentive}“ ({cost:money}) für die Unterschrift bis zum {by:date} anbieten: späte Phase,
    seit {silent:lasting} kein Treffen, Anruf oder Fortschritt.`,
  'action.redate': 'Mit dem Käufer ein echtes Abschlussdatum festlegen: Der {day:date} ist vorbei.',
  'action.unblock': `
    Fragen, was ihn aufhält: seit {days:lasting} in {stage}; vier von fünf Deals verlassen diese
    Phase früher.`,
  'action.requalify':
    'Den Zeitplan des Käufers klären: Abschlussdatum in dieser Phase {n#Mal|Mal} verschoben.',
  'action.verify': `
    Ein erstes Treffen mit dem Käufer abhalten: Nichts von uns oder vom Käufer zeigt bisher, dass
    er echt ist.`,
  'action.reassign': 'Einen neuen Inhaber bestimmen: {owner} ist nicht mehr aktiv.',
  'action.outgrown': `
    Ziel übertroffen: {won:money} von {goal:money} gewonnen, noch {left:span} Zeit. Das nächste
    vereinbaren.`,
  'action.reached': `
    Ziel erreicht: {won:money} von {goal:money} gewonnen. Das nächste nach dem jetzigen Tempo
    vereinbaren.`,
  'action.closeGap': `
    Es fehlen {gap:money} zum Ziel: an „{deal}“ arbeiten ({amount:money}, {p:percent} bis zum
    {due:date}).`,
  'action.closeGapMore': `
    Es fehlen {gap:money} zum Ziel: an „{deal}“ ({amount:money}, {p:percent} bis zum {due:date})
    und {n#weiteren Deal|weiteren Deals} arbeiten.`,
  'action.revive': `
    Es fehlen {gap:money} zum Ziel: „{deal}“ ({amount:money}) reaktivieren, seit {silent:lasting}
    kein Treffen, Anruf oder Fortschritt.`,
  'action.coach': `
    Es fehlen {gap:money} zum Ziel: zur Phase {stage} schulen, wo er {own:percent} seiner Deals
    verliert, andere Partner {pool:percent}.`,
  'action.coachWith': `
    Es fehlen {gap:money} zum Ziel: zur Phase {stage} schulen, wo er {own:percent} seiner Deals
    verliert, andere Partner {pool:percent}. Dazu: „{asset}“.`,
  'action.incentive':
    'Es fehlen {gap:money} zum Ziel: „{incentive}“ ({cost:money}) bis zum {by:date} anbieten.',
  'action.pipeline': `
    Gemeinsam Pipeline aufbauen: Es fehlen {gap:money} zum Ziel, und die offenen Deals bringen
    voraussichtlich {sum:money}.`,
  'action.firstDeal': 'Gemeinsam den ersten Deal finden: Noch ist keiner eingetragen.',
  'action.agreePlan': 'Einen gemeinsamen Plan mit Umsatzziel vereinbaren: Derzeit gilt keiner.',
  'action.vendorPromise': 'Unsere eigene Zusage einhalten: „{promise}“ war am {due:date} fällig.',
  'action.promise': 'Ein neues Datum für „{promise}“ vereinbaren, fällig war es am {due:date}.',
  'action.cleanUp': `
    {n#stillen Deal|stille Deals} schließen, {n?der|die} sich längst hätte{n?|n} bewegen müssen
    und nicht mehr {n?zählt|zählen}.`,
  'evidence.deals': 'aus {n#früheren Deal|früheren Deals}',
  'evidence.plan': 'aus dem gemeinsamen Plan „{plan}“',
  'evidence.record': 'aus dem, was das CRM darüber enthält',
  'effect.met': `
    Mit einem weiteren Treffen oder Anruf liegt die Wahrscheinlichkeit bis zum {due:date} bei
    {to:percent} ({low:least} bis {high:most}), jetzt bei {from:percent}; aus
    {n#früheren Deal|früheren Deals}: ein Zusammenhang, kein Versprechen.`,
  'effect.met.same': `
    Mit einem weiteren Treffen oder Anruf ist die Wahrscheinlichkeit bis zum {due:date} nicht
    höher: {to:percent} ({low:least} bis {high:most}), jetzt {from:percent}; aus {n#früheren
    Deal|früheren Deals}.`,
  'effect.moved': `
    Sobald ein solcher Deal zu {stage} kommt, liegt seine Wahrscheinlichkeit bis zum {due:date}
    bei {to:percent} ({low:least} bis {high:most}), jetzt bei {from:percent}; aus {n#früheren
    Deal|früheren Deals}: ein Zusammenhang, kein Versprechen.`,
  'effect.moved.same': `
    Sobald ein solcher Deal zu {stage} kommt, ist seine Wahrscheinlichkeit bis zum {due:date}
    nicht höher: {to:percent} ({low:least} bis {high:most}), jetzt {from:percent}; aus {n#früheren
    Deal|früheren Deals}.`,
  'effect.partner': `
    Ein typischer Abschluss mehr geht mit {points:points} Punkten beim Score einher (kleine und
    große: {low:points} bis {high:points}), aus {n#früheren Abschluss|früheren Abschlüssen}: ein
    Zusammenhang, kein Versprechen.`,
  'effect.partner.same': `
    Ein typischer Abschluss mehr geht mit weniger als {points:decimal} Punkten beim Score einher.`,
  'effect.tidies':
    'Keine ist zu erwarten: Der Datensatz stimmt danach, wahrscheinlicher wird nichts.',
  'effect.unmeasured':
    'Keine Wirkung angegeben: Keine Daten zeigen, wo es getan wurde und wo nicht.',
  'effect.unknown': 'Keine Wirkung angegeben: Zu wenige frühere Deals zeigen, was darauf folgt.',
  'effort.minutes': 'ein paar Minuten',
  'effort.hour': 'etwa eine Stunde',
  'effort.days': 'einige Tage',
};
