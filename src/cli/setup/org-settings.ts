import { isScalar, parseDocument } from 'yaml';
import { contradictions } from '../../mapping/check/org-settings.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import type { CrmIdentity } from '../../model/connector.ts';

/**
 * A mapping with what the org says of itself (fiscal year, time zone, currency) in the place of
 * what ships. Only those values are replaced: comments, order and spaces stay as they are.
 */
export function withOrgSettings(text: string, org: CrmIdentity): string {
  const { document } = parseMapping(text);
  if (document === null) return text;
  const told: Record<string, string | number | null> = {
    fiscalYearStartMonth: org.fiscalYearStartMonth ?? null,
    timeZone: org.timeZone,
    reportingCurrency: org.currency,
  };
  const yaml = parseDocument(text);
  const edits = contradictions(document.settings, org).flatMap(({ setting }) => {
    const node = yaml.getIn(['settings', setting], true);
    const value = told[setting] ?? null;
    return isScalar(node) && node.range && value !== null
      ? [{ from: node.range[0], to: node.range[1], value: String(value) }]
      : [];
  });
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, { from, to, value }) => now.slice(0, from) + value + now.slice(to), text);
}
