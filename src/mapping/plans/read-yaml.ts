import { LineCounter, parseDocument, isNode } from 'yaml';
import { plansDocument, type PlanFinding } from '../../model/plan.ts';
import { MANY_PLANS, MAX_ALIASES, sizeFault } from '../document/size.ts';
import type { ReadPlans } from './read-csv.ts';

/** Nobody mends more in one go. */
const MAX_FINDINGS = 100;

/** Reads a document of plans (YAML or JSON); every fault with its line and column. */
export function readPlanYaml(text: string): ReadPlans {
  const none = { plans: [], columns: null, headers: [] };
  const tooMuch = sizeFault(text, MANY_PLANS);
  if (tooMuch !== null)
    return {
      ...none,
      findings: [
        {
          severity: 'error',
          code: 'SIZE',
          message: `the document ${tooMuch.message}`,
          cure: tooMuch.cure,
          line: null,
          column: null,
        },
      ],
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = (code: string, message: string, offset: number | null): PlanFinding => {
    const place = offset === null ? null : lines.linePos(offset);
    return {
      severity: 'error',
      code,
      message,
      cure: 'See headwater plan template for a document that is right.',
      line: place?.line ?? null,
      column: place?.col ?? null,
    };
  };
  if (document.errors.length > 0)
    return {
      ...none,
      findings: document.errors
        .slice(0, MAX_FINDINGS)
        .map((error) => fault(error.code, error.message, error.pos[0])),
    };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return {
      ...none,
      findings: [fault('ALIASES', error instanceof Error ? error.message : String(error), null)],
    };
  }
  const offsetOf = (path: readonly PropertyKey[]): number | null => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth).map(String), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return null;
  };
  const parsed = plansDocument.safeParse(value);
  if (!parsed.success)
    return {
      ...none,
      findings: parsed.error.issues
        .slice(0, MAX_FINDINGS)
        .map((issue) =>
          fault(
            'SHAPE',
            `${issue.path.map(String).join('.') || 'the document'}: ${issue.message}`,
            offsetOf(issue.path),
          ),
        ),
    };
  return {
    ...none,
    plans: parsed.data.plans.map((plan, i) => {
      const offset = offsetOf(['plans', i]);
      return { ...plan, line: offset === null ? 1 : lines.linePos(offset).line };
    }),
    findings: [],
  };
}
