/**
 * What Salesforce works out on an Opportunity: probability, forecast category and open or closed
 * from the stage, expected revenue, fiscal period.
 */
import { FORECAST_CATEGORY } from '../metadata/picklists.ts';
import { picklist } from '../metadata/fields.ts';
import type { Row, SalesforceFault } from '../org-types.ts';
import { roundHalfUp } from './coerce.ts';
import type { OrgCore } from './core.ts';
import { fiscalPeriod } from './fiscal.ts';
import { writeHistory } from './history.ts';
import { changes, serverInsert, valueOf } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

const CENTS = 2;
const CATEGORY_OF_NAME = new Map(
  picklist(FORECAST_CATEGORY).map((item) => [item.label, item.value]),
);
const stages = new WeakMap<OrgCore, { version: number; byName: Map<string, Row> }>();

/**
 * The stage row of a name; undefined for a value outside the list, which an
 * unrestricted picklist lets through.
 */
function stageOf(core: OrgCore, name: string): Row | undefined {
  const version = core.storage.version('OpportunityStage');
  let known = stages.get(core);
  if (known?.version !== version) {
    known = {
      version,
      byName: new Map(
        [...core.storage.table(core.must('OpportunityStage')).values()].map((row) => [
          String(row['ApiName']),
          row,
        ]),
      ),
    };
    stages.set(core, known);
  }
  return known.byName.get(name);
}

function followStage(saving: Saving): void {
  if (!changes(saving, 'StageName') || typeof saving.changes['StageName'] !== 'string') return;
  const stage = stageOf(saving.core, saving.changes['StageName']);
  const set = saving.changes;
  if (set['Probability'] === undefined || set['Probability'] === null)
    set['Probability'] = stage?.['DefaultProbability'] ?? 0;
  set['ForecastCategoryName'] ??= stage?.['ForecastCategoryName'] ?? 'Pipeline';
  set['IsClosed'] = stage?.['IsClosed'] ?? false;
  set['IsWon'] = stage?.['IsWon'] ?? false;
  if (saving.previous) set['LastStageChangeDate'] = saving.atMs;
}

/** A deal that a partner's user owns is the partner's. */
function followPartner(saving: Saving): void {
  const ownerId = valueOf(saving, 'OwnerId');
  if (saving.seeding || !changes(saving, 'OwnerId') || typeof ownerId !== 'string') return;
  if (!saving.core.schema.fieldsByName(saving.object).has('PartnerAccountId')) return;
  const owner = saving.core.get('User', ownerId);
  if (owner?.['UserType'] === 'PowerPartner')
    saving.changes['PartnerAccountId'] = owner['AccountId'] ?? null;
}

function expectedRevenue(saving: Saving): void {
  const amount = valueOf(saving, 'Amount');
  const probability = valueOf(saving, 'Probability');
  saving.changes['ExpectedRevenue'] =
    typeof amount === 'number' && typeof probability === 'number'
      ? roundHalfUp((amount * probability) / 100, CENTS)
      : null;
}

function before(saving: Saving): SalesforceFault[] {
  followPartner(saving);
  followStage(saving);
  const set = saving.changes;
  if (typeof set['ForecastCategoryName'] === 'string')
    set['ForecastCategory'] = CATEGORY_OF_NAME.get(set['ForecastCategoryName']) ?? 'Pipeline';
  if (set['Amount'] !== undefined || set['Probability'] !== undefined) expectedRevenue(saving);
  if (typeof set['CloseDate'] === 'string') {
    const { year, quarter } = fiscalPeriod(set['CloseDate'], {
      startMonth: saving.core.options.fiscalYearStartMonth ?? 1,
      namedByStart: false,
    });
    set['FiscalYear'] = year;
    set['FiscalQuarter'] = quarter;
    set['Fiscal'] = `${year} ${quarter}`;
  }
  return [];
}

function after(saving: Saving, row: Row): void {
  writeHistory(saving, row);
  const contactId = saving.previous === null ? saving.changes['ContactId'] : undefined;
  if (typeof contactId === 'string')
    serverInsert(
      saving.core,
      'OpportunityContactRole',
      { OpportunityId: row['Id'] ?? null, ContactId: contactId, IsPrimary: true },
      saving.user.id,
      saving.atMs,
    );
}

export const opportunityRules: ObjectRules = { before, after };
