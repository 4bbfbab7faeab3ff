import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Issue } from './issues.ts';
import { issues } from './schema.ts';
import type { Store } from './store.ts';

export interface IssueFilter {
  kind: 'mapping' | 'write' | 'data' | 'signal' | null;
  object: string | null;
  code: string | null;
}

const whereOf = (connectionId: string, { kind, object, code }: IssueFilter) =>
  and(
    eq(issues.connectionId, connectionId),
    kind === null
      ? inArray(issues.kind, ['mapping', 'write', 'data', 'signal'])
      : eq(issues.kind, kind),
    object === null ? undefined : eq(issues.object, object),
    code === null ? undefined : eq(issues.code, code),
  );

/** A page of what is in quarantine, the newest first. */
export async function issuePage(
  store: Store,
  connectionId: string,
  filter: IssueFilter,
  page: { skip: number; limit: number },
): Promise<Issue[]> {
  const { object, id, entity, field, kind, code, message, input, firstMs, lastMs } = issues;
  return await store.db
    .select({ object, id, entity, field, kind, code, message, input, firstMs, lastMs })
    .from(issues)
    .where(whereOf(connectionId, filter))
    .orderBy(desc(issues.lastMs), issues.object, issues.id, issues.field)
    .limit(page.limit)
    .offset(page.skip);
}

export interface IssueGroup {
  kind: string;
  code: string;
  object: string;
  field: string;
  records: number;
  /** The words of one of them. */
  message: string;
  lastMs: number;
}

/** What is in quarantine by its cause, the most frequent first. */
export async function issueGroups(store: Store, connectionId: string): Promise<IssueGroup[]> {
  const { kind, code, object, field } = issues;
  return await store.db
    .select({
      ...{ kind, code, object, field },
      records: sql<number>`count(distinct ${issues.id})`,
      message: sql<string>`min(${issues.message})`,
      lastMs: sql<number>`max(${issues.lastMs})`,
    })
    .from(issues)
    .where(eq(issues.connectionId, connectionId))
    .groupBy(kind, code, object, field)
    .orderBy(sql`count(distinct ${issues.id}) desc`, kind, code, object, field)
    .limit(200);
}
