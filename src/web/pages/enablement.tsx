import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { percent, tenth, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/enablement'>;
type Row = Answer['partners'][number];
type Gap = Row['enablement']['gaps'][number];
type Asset = Gap['asset'];

/** Where partners lose more deals than others, and what would help them. */
export function EnablementPage(): ReactNode {
  return (
    <PartnerList
      title="Enablement"
      lead="Where each partner loses more of its deals than the others do, leaning on theirs, with the deals behind it; certificates that it lacks for new deals; and the asset of the playbook for both."
      what="what would help partners"
      load={(id, asked) => get('/v1/connections/{id}/enablement', { id }, asked)}
      columns={() => COLUMNS}
      above={(first) => (
        <>
          <Certification found={first.certification} />
          <Lifts lifts={first.lifts} />
        </>
      )}
    />
  );
}

function Certification({ found }: { found: Answer['certification'] }): ReactNode {
  if (found === null || found.effect === null)
    return <p>Too few partners were certified between quarters with deals to compare them.</p>;
  const { effect, partners, others } = found;
  return (
    <p>
      Certificates, by difference in differences: the win rate of {whole(partners)} partners changed
      by {tenth(100 * effect.mean)} points ({tenth(100 * effect.low)} to {tenth(100 * effect.high)})
      beyond the change at {whole(others)} others.
    </p>
  );
}

function Lifts({ lifts }: { lifts: Answer['lifts'] }): ReactNode {
  const told = lifts.filter(({ lift }) => lift !== null);
  if (told.length === 0)
    return <p>No activity of the CRM says on enough deals which asset was used.</p>;
  return (
    <ul>
      {told.map(({ asset, n, others, usual, lift }) => (
        <li key={asset}>
          {asset}: {tenth(100 * lift!.mean)} points more won ({tenth(100 * lift!.low)} to{' '}
          {tenth(100 * lift!.high)}) on {whole(n)} deals than on {whole(others)} others that had
          come as far ({percent(usual)}): an association.
        </li>
      ))}
    </ul>
  );
}

const assetOf = (asset: Asset): ReactNode =>
  asset === null ? (
    <small>no asset in the playbook</small>
  ) : asset.url === null ? (
    asset.title
  ) : (
    <a href={asset.url} rel="noreferrer">
      {asset.title}
    </a>
  );

const Gaps = ({ gaps }: { gaps: Gap[] }): ReactNode =>
  gaps.length === 0 ? (
    <small>none</small>
  ) : (
    <ul>
      {gaps.map((gap) => (
        <li key={`${gap.by} ${gap.of}`}>
          {gap.label}: loses {percent(gap.own)} ({percent(gap.low)} to {percent(gap.high)}), others{' '}
          {percent(gap.pool)}; {whole(gap.lost)} of {whole(gap.n)} deals. {assetOf(gap.asset)}
        </li>
      ))}
    </ul>
  );

function Needs({ needs }: { needs: Row['enablement']['needs'] }): ReactNode {
  const { connection } = usePlace();
  if (needs.length === 0) return <small>none</small>;
  return (
    <ul>
      {needs.map((need) => (
        <li key={need.dealId}>
          <Go to={[connection, 'deals', need.dealId]}>{need.deal ?? need.dealId}</Go>:{' '}
          {need.certificate} for {need.product}. {assetOf(need.asset)}
        </li>
      ))}
    </ul>
  );
}

const COLUMNS: Column<Row>[] = [
  { id: 'gaps', header: 'Gaps', cell: ({ enablement }) => <Gaps gaps={enablement.gaps} /> },
  {
    id: 'needs',
    header: 'Certificates for new deals',
    cell: ({ enablement }) => <Needs needs={enablement.needs} />,
  },
  {
    id: 'decided',
    header: 'Decided deals',
    kind: 'number',
    cell: ({ enablement }) => whole(enablement.decided),
  },
];
