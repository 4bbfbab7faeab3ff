/** What an app may do in a portal; the same for a sign-in and for the app's own project file. */

/** What reading takes. Properties, pipelines and association labels come with the schema scopes. */
export const READ_SCOPES = ['companies', 'contacts', 'deals']
  .flatMap((object) => [`crm.objects.${object}.read`, `crm.schemas.${object}.read`])
  .concat('crm.objects.owners.read');
export const WRITE_SCOPES = ['crm.objects.companies.write', 'crm.objects.deals.write'];
/** Only to make our properties; can be taken back afterwards. */
export const FIELD_SCOPES = ['crm.schemas.companies.write', 'crm.schemas.deals.write'];
/**
 * Portals without Enterprise have no custom objects, and refuse an app that insists on these; so it
 * is for leads, quotes, orders, e-mails and currencies where a plan lacks them.
 */
export const OPTIONAL_SCOPES = [
  'crm.objects.custom.read',
  'crm.schemas.custom.read',
  'crm.objects.leads.read',
  'crm.schemas.leads.read',
  'crm.objects.quotes.read',
  'crm.schemas.quotes.read',
  'crm.objects.orders.read',
  'crm.schemas.orders.read',
  'sales-email-read',
  'multi-currency-read',
];
