/** `/limits` and `/limits/recordCount`. */
import type { Hono } from 'hono';
import { jsonResponse } from './faults.ts';
import { BULK_MB, type ApiBudget } from './budget.ts';
import type { SalesforceEnv, Site } from './site.ts';

/**
 * Allocations of a developer org, as recorded; API calls, Bulk 2.0 query jobs and their
 * results are really counted down.
 */
const ALLOCATIONS: Record<string, number> = {
  AnalyticsExternalDataSizeMB: 40960,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250000,
  DailyBulkApiBatches: 15000,
  DailyDeliveredPlatformEvents: 10000,
  DailyDurableGenericStreamingApiEvents: 10000,
  DailyDurableStreamingApiEvents: 10000,
  DailyGenericStreamingApiEvents: 10000,
  DailyStandardVolumePlatformEvents: 10000,
  DailyStreamingApiEvents: 10000,
  DailyWorkflowEmails: 100,
  DataStorageMB: 5,
  DurableStreamingApiConcurrentClients: 20,
  FileStorageMB: 20,
  HourlyAsyncReportRuns: 1200,
  HourlyDashboardRefreshes: 200,
  HourlyLongTermIdMapping: 100000,
  HourlyPublishedPlatformEvents: 50000,
  HourlyShortTermIdMapping: 100000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 50,
  MassEmail: 10,
  SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
};

export function mountLimits(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/limits', () => {
    const limits: Record<string, unknown> = {};
    for (const [name, max] of Object.entries(ALLOCATIONS))
      limits[name] = { Max: max, Remaining: max };
    limits.DailyApiRequests = left(site.budget);
    limits.DailyBulkV2QueryJobs = left(site.bulk.jobs);
    limits.DailyBulkV2QueryFileStorageMB = left(site.bulk.bytes, BULK_MB);
    limits.PermissionSets = {
      Max: 1500,
      Remaining: 1500 - site.org.recordCount('PermissionSet'),
      CreateCustom: { Max: 1000, Remaining: 1000 - site.org.recordCount('PermissionSet') },
    };
    return jsonResponse(limits);
  });
  app.get('/services/data/:version/limits/recordCount', (c) => {
    const asked = (c.req.query('sObjects') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const objects =
      asked.length === 0
        ? site.org.objects()
        : asked.map((name) => site.org.object(name)).filter((object) => object !== undefined);
    return jsonResponse({
      sObjects: objects.map(({ name }) => ({ count: site.org.recordCount(name), name })),
    });
  });
}

const left = (budget: ApiBudget, unit = 1): { Max: number; Remaining: number } => ({
  Max: Math.floor(budget.limit / unit),
  Remaining: Math.max(0, Math.floor((budget.limit - budget.used()) / unit)),
});
