import type { summary as english } from '../en/summary.ts';
import type { Texts } from '../template.ts';

export const summary: Texts<typeof english> = {
  'summary.plan.none': '{partner} hat für {period} keinen gemeinsamen Plan.',
  'summary.plan.early':
    'Für {period} hat {partner} {n#Ziel|Ziele}, von denen sich noch nichts messen lässt.',
  'summary.plan.kept': `
    Für {period} hat {partner} {n#messbares Ziel|messbare Ziele}, und keines liegt hinter seinem
    Soll bis heute.`,
  'summary.plan.behind': `
    Für {period} hat {partner} {n#messbares Ziel|messbare Ziele}; {k#liegt|liegen} zurück, am
    weitesten „{target}“ mit {pace:percent} des Solls bis heute.`,
  'summary.forecast': `
    Für den ganzen Zeitraum werden {sum:money} erwartet, mit einer Wahrscheinlichkeit von 80 %
    zwischen {floor:money} und {ceiling:money}; {n#Deal ist|Deals sind} offen, zusammen
    {open:money} wert.`,
  'summary.forecast.stalled': `
    Für den ganzen Zeitraum werden {sum:money} erwartet, mit einer Wahrscheinlichkeit von 80 %
    zwischen {floor:money} und {ceiling:money}; {n#Deal ist|Deals sind} offen, zusammen
    {open:money} wert, davon {k#stockt|stocken}.`,
  'summary.forecast.none': `
    Für den ganzen Zeitraum werden {sum:money} erwartet, mit einer Wahrscheinlichkeit von 80 %
    zwischen {floor:money} und {ceiling:money}; kein Deal ist offen.`,
  'summary.score':
    'Der Score ist {score:number} ({lower:number} bis {upper:number}); zu tun ist nichts.',
  'summary.driver': `
    Der Score ist {score:number} ({lower:number} bis {upper:number}); am meisten zählt „{reason}“.`,
  'summary.next': `
    Der Score ist {score:number} ({lower:number} bis {upper:number}); am meisten zählt „{reason}“,
    und zuerst zu tun ist „{action}“.`,
  'summary.deals': '{n#Deal ist|Deals sind} offen, zusammen {open:money} wert.',
  'summary.deals.none': 'Kein Deal ist offen.',
  'summary.promises': '{n#Zusage ist|Zusagen sind} offen, {k#davon ist|davon sind} überfällig.',
  'summary.promises.none': 'Keine Zusage mit einem Datum ist offen.',
};
