import type { Fund, FundFinding, FundProposal, FundReturn } from '../model/fund.ts';
import type { Speech } from '../model/language/languages.ts';
import { say, type PrintedId } from '../model/language/printed.ts';
import { heading, printable } from './format.ts';

const FINDINGS = {
  'nothing came': 'fund.nothing',
  'no cost': 'fund.noCost',
  'no campaign': 'fund.noCampaign',
} as const satisfies Record<FundFinding['finding'], PrintedId>;

function list(title: string, lines: string[], rest: number, none: string, speech: Speech): string {
  return [
    heading(title),
    ...(lines.length === 0 ? [`  ${none}\n`] : lines.map((line) => `  ${line}\n`)),
    rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
  ].join('');
}

export function fundLine(fund: Fund, speech: Speech): string {
  const { name, state, cost, leads, wins, won, decided } = fund;
  const said = { name: printable(name, 60), state: say(speech, `fund.${state}`), leads, wins, won };
  const line =
    cost === null ? say(speech, 'fund.unknown', said) : say(speech, 'fund.one', { ...said, cost });
  if (decided === null) return line;
  const { decision, by, why, atMs } = decided;
  const day = new Date(atMs).toISOString().slice(0, 10);
  const given = { by: printable(by, 60), why: printable(why, 200), on: day };
  return `${line}; ${say(speech, `fund.decided.${decision}`, given)}`;
}

function returnLine({ of, funds, costPerLead, times }: FundReturn, speech: Speech): string {
  const group = of ?? say(speech, 'fund.unnamed');
  const said = { group: printable(group, 40), n: funds, times: times.mean, ...times };
  return costPerLead === null
    ? say(speech, 'fund.groupNone', said)
    : say(speech, 'fund.group', { ...said, cost: costPerLead });
}

export const fundsText = (
  funds: readonly Fund[],
  total: number,
  returns: readonly FundReturn[],
  speech: Speech,
): string =>
  list(
    say(speech, 'fund.title'),
    funds.map((fund) => fundLine(fund, speech)),
    total - funds.length,
    say(speech, 'fund.none'),
    speech,
  ) + returns.map((one) => `  ${returnLine(one, speech)}\n`).join('');

export const proposalsText = (
  proposals: readonly FundProposal[],
  total: number,
  speech: Speech,
): string =>
  list(
    say(speech, 'fund.proposals'),
    proposals.map(({ partner, amount, times, own, ownTimes }) => {
      const said = { partner: printable(partner, 60), amount, times: times.mean, ...times };
      const past =
        ownTimes === null
          ? say(speech, 'fund.noPast')
          : say(speech, 'fund.past', { n: own, times: ownTimes });
      return `${say(speech, 'fund.proposal', said)}; ${past}`;
    }),
    total - proposals.length,
    say(speech, 'fund.noProposal'),
    speech,
  ) + `  ${say(speech, 'fund.about')}\n`;

export const findingsText = (
  findings: readonly FundFinding[],
  total: number,
  speech: Speech,
): string =>
  list(
    say(speech, 'fund.review'),
    findings.map(({ finding, partner, fund, cost }) =>
      say(speech, FINDINGS[finding], {
        ...{ partner: printable(partner, 60), name: printable(fund ?? '', 60) },
        cost: cost ?? 0,
      }),
    ),
    total - findings.length,
    say(speech, 'fund.nothingToReview'),
    speech,
  );
