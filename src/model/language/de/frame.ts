import type { Texts } from '../template.ts';
import type { frame as english } from '../en/frame.ts';

export const frame: Texts<typeof english> = {
  'event.plan': 'Gewinnt {goal:money} bis zum {due:date} ({plan})',
  'event.repeat': `
    Gewinnt in den kommenden 13 Wochen etwa {goal:money} oder mehr, so viel wie üblich (kein Planziel)`,
  'event.deal': 'Gewonnen bis zum {due:date}',
  'headline.deal': `
    Wahrscheinlichkeit, {amount:money} bis zum {due:date} zu gewinnen: {p:percent} ({low:least}
    bis {high:most}), aus {n#früheren Deal|früheren Deals}`,
  'headline.plan': `
    Wahrscheinlichkeit, {goal:money} bis zum {due:date} zu gewinnen ({plan}): {p:percent}
    ({low:least} bis {high:most}), aus {n#früheren Deal|früheren Deals}`,
  'headline.repeat': `
    Wahrscheinlichkeit, in den kommenden 13 Wochen etwa {goal:money} oder mehr, so viel wie üblich, zu
    gewinnen: {p:percent} ({low:least} bis {high:most}), aus {n#früheren Deal|früheren Deals}`,
  'headline.reached':
    '{won:money} gewonnen: Das Ziel von {goal:money} bis zum {due:date} ({plan}) ist erreicht',
  'evidence.little': 'wenig Belege',
  'evidence.said': '{said}; wenig Belege',
  'closeRate.one': `
    {product}: {p:percent} ({low:least} bis {high:most}), aus {n#früheren Deal|früheren Deals}`,
  'base.partner': '{p:exact} bei einem Partner ähnlicher Größe, gleich welcher Art',
  'base.partnerOfType':
    '{p:exact} bei einem Partner ähnlicher Größe, nach {n#Partner|Partnern} der Art {type}',
  'base.deal': '{p:exact} bei einem beliebigen offenen Deal',
  'group.up': 'Dafür spricht:',
  'group.down': 'Dagegen spricht:',
  'group.rest': '{n#kleinerer Grund|kleinere Gründe} zusammen',
  total: '= {p:exact}, Stand {day:date}',
  'due.vendor': 'Wir schulden „{what}“, fällig am {on:date}.',
  'due.partner': 'Der Partner schuldet „{what}“, fällig am {on:date}.',
  'record.deal':
    'Von {n#Deal|Deals} mit {from:least} bis {to:most} wurden {happened:percent} gewonnen.',
  'record.partner': `
    Von {n#Partner-Score|Partner-Scores} mit {from:least} bis {to:most} traten {happened:percent}
    ein.`,
  'record.replayed': 'An der Vergangenheit nachgerechnet: {text}',
  'health.on track': 'auf Kurs',
  'health.slipping': 'verzögert',
  'health.stalled': 'festgefahren',
  'triage.protect': 'schützen',
  'triage.rescue': 'retten',
  'triage.leave': 'nicht eingreifen',
  'duplicate.of': '{id}: {evidence}',
  'duplicate.earlier': '{evidence}, {n#Tag|Tage} früher',
  'duplicate.deal': 'derselbe Deal',
  'duplicate.account': 'derselbe Account',
  'duplicate.domain': 'dieselbe Domain {domain}',
  'duplicate.names': 'die Namen „{one}“ und „{other}“',
  'word.under': 'unter {p}',
  'word.over': 'über {p}',
  'word.days': '{n#Tag|Tage}',
  'word.weeks': '{n#Woche|Wochen}',
  'word.lasting': 'mehr als {n#Tag|Tagen}',
  'word.brief': 'weniger als einem Tag',
  'word.stage': 'seiner Phase',
};
