/**
 * The rows a new org is born with: its own record, profiles with their rights, a first
 * administrator, stages, task states, partner roles.
 */
import { PARTNER_ROLE, STAGES, TASK_STATUS, FORECAST_CATEGORY } from '../metadata/picklists.ts';
import { picklist } from '../metadata/fields.ts';
import type { Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { wholeSecond } from './core.ts';
import { grantField, grantObject } from './grants.ts';
import { OBJECTS_WITH_PERMISSIONS } from './permissions.ts';
import { insert } from './save.ts';
import { serverInsert } from './saving.ts';

const ADMIN_RIGHTS = {
  PermissionsModifyAllData: true,
  PermissionsViewAllData: true,
  PermissionsApiEnabled: true,
  PermissionsCustomizeApplication: true,
  PermissionsManageUsers: true,
};
const PROFILES: readonly { name: string; userType: string; rights: Row; edit: boolean }[] = [
  { name: 'System Administrator', userType: 'Standard', rights: ADMIN_RIGHTS, edit: true },
  {
    name: 'Standard User',
    userType: 'Standard',
    rights: { PermissionsApiEnabled: true },
    edit: true,
  },
  {
    name: 'Minimum Access - API Only Integrations',
    userType: 'Standard',
    rights: { PermissionsApiEnabled: true },
    edit: false,
  },
  { name: 'Partner Community User', userType: 'PowerPartner', rights: {}, edit: true },
];

/** Each profile owns a permission set of its own, which is where its rights are kept. */
function addProfiles(core: OrgCore, atMs: number): void {
  for (const { name, userType, rights, edit } of PROFILES) {
    if (userType === 'PowerPartner' && core.options.prm === false) continue;
    const profileId = serverInsert(
      core,
      'Profile',
      { Name: name, UserType: userType, ...rights },
      null,
      atMs,
    );
    const set = serverInsert(
      core,
      'PermissionSet',
      {
        Name: `X${profileId}`,
        Label: profileId,
        ProfileId: profileId,
        IsOwnedByProfile: true,
        ...rights,
      },
      null,
      atMs,
    );
    if (!edit) continue;
    for (const object of core.schema.objects()) {
      if (OBJECTS_WITH_PERMISSIONS.has(object.name)) grantObject(core, set, object.name);
      for (const field of object.fields)
        if (field.permissionable)
          grantField(
            core,
            set,
            object.name,
            field.name,
            true,
            (field.createable || field.updateable) && !field.calculated,
          );
    }
  }
}

function addStages(core: OrgCore, atMs: number, adminId: string): void {
  const categories = new Map(picklist(FORECAST_CATEGORY).map((item) => [item.value, item.label]));
  STAGES.forEach((stage, index) =>
    serverInsert(
      core,
      'OpportunityStage',
      {
        MasterLabel: stage.name,
        ApiName: stage.name,
        IsActive: true,
        SortOrder: index + 1,
        IsClosed: stage.closed,
        IsWon: stage.won,
        ForecastCategory: stage.category,
        ForecastCategoryName: categories.get(stage.category) ?? stage.category,
        DefaultProbability: stage.probability,
      },
      adminId,
      atMs,
    ),
  );
}

function addOrganization(core: OrgCore, atMs: number): void {
  const { name, timeZone = 'GMT', fiscalYearStartMonth = 1 } = core.options;
  serverInsert(
    core,
    'Organization',
    {
      Name: name,
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: timeZone,
      LanguageLocaleKey: 'en_US',
      FiscalYearStartMonth: fiscalYearStartMonth,
      DefaultOpportunityAccess: 'Edit',
      OrganizationType: 'Developer Edition',
      InstanceName: 'HW1',
      ...(core.options.multiCurrency ? { CurrencyIsoCode: core.options.currency ?? 'USD' } : {}),
    },
    null,
    atMs,
    core.orgId,
  );
}

function addCurrencies(core: OrgCore, atMs: number, adminId: string): void {
  const corporate = core.options.currency ?? 'USD';
  const rates = { [corporate]: 1, ...core.options.conversionRates };
  for (const [code, rate] of Object.entries(rates)) {
    serverInsert(
      core,
      'CurrencyType',
      {
        IsoCode: code,
        ConversionRate: code === corporate ? 1 : rate,
        DecimalPlaces: 2,
        IsActive: true,
        IsCorporate: code === corporate,
      },
      adminId,
      atMs,
    );
  }
  for (const { isoCode, startDate, rate } of core.options.datedRates ?? [])
    insert(
      core,
      core.permissions.system,
      'DatedConversionRate',
      { IsoCode: isoCode, StartDate: startDate, ConversionRate: rate },
      { seeding: true },
    );
}

/** Fills a new org and returns the id of its administrator. */
export function addStandardRows(core: OrgCore): string {
  const atMs = wholeSecond(core.nowMs());
  addProfiles(core, atMs);
  const adminProfile =
    [...core.storage.table(core.must('Profile')).values()].find(
      (row) => row['Name'] === PROFILES[0]?.name,
    )?.['Id'] ?? null;
  const admin = serverInsert(
    core,
    'User',
    {
      Username: `admin@${core.orgId.toLowerCase()}.sandbox.example`,
      LastName: 'Administrator',
      FirstName: 'Sandbox',
      Name: 'Sandbox Administrator',
      Email: 'admin@sandbox.example',
      Alias: 'admin',
      CommunityNickname: 'admin',
      IsActive: true,
      TimeZoneSidKey: core.options.timeZone ?? 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: adminProfile,
      UserType: 'Standard',
    },
    null,
    atMs,
  );
  addOrganization(core, atMs);
  addStages(core, atMs, admin);
  TASK_STATUS.forEach(([name, closed], index) =>
    serverInsert(
      core,
      'TaskStatus',
      {
        MasterLabel: name,
        ApiName: name,
        SortOrder: index + 1,
        IsDefault: index === 0,
        IsClosed: closed,
      },
      admin,
      atMs,
    ),
  );
  PARTNER_ROLE.forEach((name, index) =>
    serverInsert(
      core,
      'PartnerRole',
      { MasterLabel: name, ApiName: name, SortOrder: index + 1, ReverseRole: name },
      admin,
      atMs,
    ),
  );
  if (core.options.multiCurrency) addCurrencies(core, atMs, admin);
  return admin;
}
