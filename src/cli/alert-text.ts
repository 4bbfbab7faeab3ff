import type { KeptAlert } from '../model/alert.ts';
import type { Speech } from '../model/language/languages.ts';
import type { AlertPreview } from '../sync/alert/preview.ts';
import { alertText } from '../sync/alert/words.ts';
import { heading, instant, plural, printable, table, whole } from './format.ts';

/** Alerts, the newest first, with what became of each. */
export function alertsText(
  alerts: readonly KeptAlert[],
  names: ReadonlyMap<string, string>,
  speech: Speech,
): string {
  if (alerts.length === 0) return 'no alert\n';
  return alerts
    .map((one) => {
      const name = names.get(one.subject) ?? null;
      const fate =
        one.state === 'sent'
          ? `sent ${instant(one.sentMs)}`
          : one.state === 'dead'
            ? `✗ not sent: ${printable(one.error ?? '', 100)}`
            : `waits until ${instant(Math.max(one.dueMs, one.nextMs))}${one.error === null ? '' : `; ${printable(one.error, 100)}`}`;
      return `${instant(one.atMs)}  ${printable(alertText(one, name, speech), 160)}\n    ${one.rule} by ${one.channel} to ${printable(one.recipient ?? 'its readers', 60)}: ${fate}\n`;
    })
    .join('');
}

/** What the rules would have told over the last quarter, owner by owner. */
export function previewText(preview: AlertPreview): string {
  const { fromMs, untilMs, runs, owners, rules, lastRunOnly } = preview;
  return [
    heading(`Over ${plural(runs, 'run')} from ${instant(fromMs)} to ${instant(untilMs)}`),
    owners.length === 0
      ? '  nobody would have been told anything\n'
      : table(
          ['owner', 'mail', 'alerts'],
          owners.map(({ id, name, email, alerts }) => [
            printable(name ?? id ?? 'no owner', 40),
            printable(email ?? 'none', 40),
            whole(alerts),
          ]),
          ['left', 'left', 'right'],
        ),
    table(
      ['rule', 'alerts'],
      rules.map(({ rule, alerts }) => [rule, whole(alerts)]),
      ['left', 'right'],
    ),
    lastRunOnly.length === 0
      ? ''
      : `  of the last run alone, since scores of deals are kept of no other: ${lastRunOnly.join(', ')}\n`,
  ].join('');
}
