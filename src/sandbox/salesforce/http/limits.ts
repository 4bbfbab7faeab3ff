/** `/limits` and `/limits/recordCount`. */
import type { Hono } from 'hono';
import { jsonResponse } from './faults.ts';
import type { SalesforceEnv, Site } from './site.ts';

/** Allocations of a developer org, as recorded; only the API calls are really counted down here. */
const ALLOCATIONS: Record<string, number> = {
  AnalyticsExternalDataSizeMB: 40960, ConcurrentAsyncGetReportInstances: 200, ConcurrentSyncReportRuns: 20, DailyAsyncApexExecutions: 250000, DailyBulkApiBatches: 15000, DailyBulkV2QueryFileStorageMB: 976562,
  DailyBulkV2QueryJobs: 10000, DailyDeliveredPlatformEvents: 10000, DailyDurableGenericStreamingApiEvents: 10000, DailyDurableStreamingApiEvents: 10000, DailyGenericStreamingApiEvents: 10000,
  DailyStandardVolumePlatformEvents: 10000, DailyStreamingApiEvents: 10000, DailyWorkflowEmails: 100, DataStorageMB: 5, DurableStreamingApiConcurrentClients: 20, FileStorageMB: 20, HourlyAsyncReportRuns: 1200,
  HourlyDashboardRefreshes: 200, HourlyLongTermIdMapping: 100000, HourlyPublishedPlatformEvents: 50000, HourlyShortTermIdMapping: 100000, HourlySyncReportRuns: 500, HourlyTimeBasedWorkflow: 50, MassEmail: 10, SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
};

export function mountLimits(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/limits', () => {
    const limits: Record<string, unknown> = {};
    for (const [name, max] of Object.entries(ALLOCATIONS)) limits[name] = { Max: max, Remaining: max };
    limits.DailyApiRequests = { Max: site.budget.limit, Remaining: Math.max(0, site.budget.limit - site.budget.used()) };
    limits.DailyBulkV2QueryJobs = { Max: ALLOCATIONS.DailyBulkV2QueryJobs, Remaining: (ALLOCATIONS.DailyBulkV2QueryJobs ?? 0) - site.jobs.queryJobsToday() };
    limits.PermissionSets = { Max: 1500, Remaining: 1500 - site.org.recordCount('PermissionSet'), CreateCustom: { Max: 1000, Remaining: 1000 - site.org.recordCount('PermissionSet') } };
    return jsonResponse(limits);
  });
  app.get('/services/data/:version/limits/recordCount', (c) => {
    const asked = (c.req.query('sObjects') ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
    const objects = asked.length === 0 ? site.org.objects() : asked.map((name) => site.org.object(name)).filter((object) => object !== undefined);
    return jsonResponse({ sObjects: objects.map(({ name }) => ({ count: site.org.recordCount(name), name })) });
  });
}
