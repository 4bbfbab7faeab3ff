import type { attention as english } from '../en/attention.ts';
import type { Texts } from '../template.ts';

export const attention: Texts<typeof english> = {
  'attention.stake': '{stake:money} auf dem Spiel',
  'attention.gap': '{gap:money} fehlen zum Ziel',
  'attention.noGap': 'zum Ziel fehlt nichts',
  'attention.closing': 'das würde die Lücke schließen: {deals}',
  'attention.closer': '„{name}“ ({amount:money}, {p:percent})',
  'attention.until': '{effort}, bis zum {day:date}',
  'attention.owner': 'Inhaber: {owner}',
  'attention.left': '{owner} (nicht mehr aktiv)',
  'attention.nobody': 'niemand',
  'attention.none': `
    Heute braucht nichts Aufmerksamkeit: Bei keinem Partner oder Deal steht Geld auf dem Spiel,
    für das etwas zu tun wäre.`,
  'attention.noMatch': 'Nichts, was Aufmerksamkeit braucht, passt zum Filter.',
  'attention.more': '{n#weiteres ist|weitere sind} nicht angezeigt.',
};
