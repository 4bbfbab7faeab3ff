import { useState } from 'react';
import {
  Alert,
  Button,
  DescriptionList,
  DescriptionListItem,
  Divider,
  ErrorState,
  Flex,
  Heading,
  LoadingSpinner,
  ProgressBar,
  StatusTag,
  Text,
  useCrmSearch,
} from '@hubspot/ui-extensions';
import { CrmActionLink, useCrmProperties } from '@hubspot/ui-extensions/crm';
import { ACCESS, CURRENCY, DEAL_TYPE } from './fields.js';
import { TEXTS } from './texts.js';
import { closedBy, fill, formatter, viewOf } from './view.js';

const VARIANTS = { good: 'success', middle: 'warning', poor: 'danger' };

/** What the card says of a record; `record` names the properties of its object. */
export function HeadwaterCard({ record, context }) {
  const names = Object.values(record.fields);
  const asked = [...new Set([...names, ...Object.values(record.closed ?? {}).map(({ field }) => field)])];
  const { properties, isLoading, error } = useCrmProperties(asked);
  if (isLoading) return <LoadingSpinner label={TEXTS.loading} />;
  if (error)
    return <ErrorState title={TEXTS.title}><Text>{fill(TEXTS.failed, error.message)}</Text></ErrorState>;
  // A property that the reader may not see, or that is not there, is left out of the answer.
  const unseen = names.filter((name) => !(name in properties));
  if (unseen.length === names.length)
    return <ErrorState title={TEXTS.title} type="lock"><Text>{fill(TEXTS.noAccess, ACCESS)}</Text></ErrorState>;
  const format = formatter(context.user.locale ?? 'en', CURRENCY);
  const view = viewOf(
    {
      entity: record.entity,
      outputs: Object.fromEntries(
        Object.entries(record.fields).map(([output, name]) => [output, properties[name] ?? null]),
      ),
      labels: record.labels,
      units: record.units,
      closed: closedOf(record, properties),
      nowMs: Date.now(),
    },
    TEXTS,
    format,
  );
  const isNarrow = context.location === 'crm.record.sidebar';
  return (
    <Flex direction="column" gap="md">
      {view.closed && <Alert title={view.closed} variant="info" />}
      {view.age.warning && <Alert title={view.age.warning} variant="warning" />}
      {view.none && <Text>{view.none}</Text>}
      <Flex direction={isNarrow ? 'column' : 'row'} gap="lg" wrap={isNarrow ? undefined : 'wrap'}>
        {view.headline && <Score view={view} />}
        {view.action && <Action action={view.action} />}
        <Reasons reasons={view.reasons} />
        <Plan plan={view.plan} />
        <Numbers view={view} />
      </Flex>
      {unseen.length > 0 && (
        <Text variant="microcopy">{fill(TEXTS.missing, unseen.join(', '))}</Text>
      )}
    </Flex>
  );
}

function closedOf({ closed }, properties) {
  const value = ({ field }) => properties[field];
  return closed ? closedBy(closed, value) : null;
}

function Score({ view }) {
  const { headline, bar, range, event, health, evidence, age } = view;
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" align="center">
        <Heading>{headline.text}</Heading>
        <StatusTag variant={VARIANTS[headline.tone]}>{`${headline.mark} ${headline.word}`}</StatusTag>
      </Flex>
      <ProgressBar
        value={bar.at}
        variant={VARIANTS[headline.tone]}
        aria-label={bar.text}
        valueDescription={range ?? headline.text}
      />
      {event && <Text>{event}</Text>}
      {health && <Text format={{ fontWeight: 'bold' }}>{health}</Text>}
      {evidence && <Text variant="microcopy">{evidence}</Text>}
      {age.text && <Text variant="microcopy">{age.text}</Text>}
    </Flex>
  );
}

function Action({ action }) {
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'bold' }}>{TEXTS.nextStep}</Text>
      <Text>{action.text}</Text>
      {action.dealId && <DealLink deal={dealOf(action.dealId)} />}
    </Flex>
  );
}

/** An id carries the object that it is of in front: `0-3-7`; a number alone is of deals. */
function dealOf(text) {
  const [, objectTypeId, id] = /^(\d+-\d+)-(\d+)$/.exec(text) ?? [null, DEAL_TYPE, text];
  return { objectTypeId, id };
}

/** The search finds only what the reader may see; where it fails, HubSpot's own preview says so. */
function DealLink({ deal: { objectTypeId, id } }) {
  const { results, isLoading, error } = useCrmSearch({
    objectType: objectTypeId,
    properties: ['hs_object_id'],
    filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'EQ', value: id }] }],
  });
  if (isLoading) return null;
  const isHidden = !error && !results.some(({ objectId }) => String(objectId) === id);
  if (isHidden) return <Text variant="microcopy">{TEXTS.noDealAccess}</Text>;
  return (
    <CrmActionLink
      actionType="PREVIEW_OBJECT"
      actionContext={{ objectTypeId, objectId: Number(id) }}
    >
      {TEXTS.openDeal}
    </CrmActionLink>
  );
}

function Reasons({ reasons }) {
  const [isOpen, setOpen] = useState(false);
  if (reasons.sum === null && reasons.first.length === 0) return null;
  const shown = isOpen ? [...reasons.first, ...reasons.rest] : reasons.first;
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'bold' }}>{TEXTS.why}</Text>
      {reasons.sum && <Text variant="microcopy">{reasons.sum}</Text>}
      {shown.map(({ key, mark, points, text }) => (
        <Text key={key}>{[mark, points, text].filter(Boolean).join(' ')}</Text>
      ))}
      {reasons.more && (
        <Button variant="transparent" size="xs" onClick={() => setOpen(!isOpen)}>
          {isOpen ? TEXTS.fewerReasons : reasons.more}
        </Button>
      )}
    </Flex>
  );
}

function Plan({ plan }) {
  if (plan.sides.length === 0 && !plan.due) return null;
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'bold' }}>{TEXTS.plan}</Text>
      {plan.sides.map(({ key, label, text, bar }) => (
        <ProgressBar
          key={key}
          title={label}
          value={bar.at}
          aria-label={bar.text}
          valueDescription={text}
        />
      ))}
      {plan.due && <Text variant="microcopy">{`${TEXTS.nextDue}: ${plan.due}`}</Text>}
    </Flex>
  );
}

function Numbers({ view }) {
  const { forecast, credit, more } = view;
  const rows = [
    ...(forecast ? [{ key: 'forecast', label: TEXTS.forecast, text: forecastText(forecast) }] : []),
    ...credit,
    ...more,
  ];
  if (rows.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Divider />
      <DescriptionList direction="row">
        {rows.map(({ key, label, text }) => (
          <DescriptionListItem key={key} label={label}>
            <Text>{text}</Text>
          </DescriptionListItem>
        ))}
      </DescriptionList>
    </Flex>
  );
}

const forecastText = ({ text, range }) => [text, range].filter(Boolean).join('; ');
