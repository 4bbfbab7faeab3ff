/**
 * A small log of the same shape as the real one, written by hand, so that these tests need no data
 * that may not be kept here.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const CASES = [
  'case_id,amount_req,reg_date',
  '1,20000,2011-10-01T10:00:00.500+02:00',
  '2,5000,2011-10-03T10:00:00.000+02:00',
  '3,0,2011-10-04T10:00:00.000+02:00',
  '4,700,2011-10-05T10:00:00.000+02:00',
];
export const STAGES = [
  'case_id,seq,ts,activity,resource',
  '1,0,2011-10-01T10:00:00.400+02:00,A_SUBMITTED,112',
  '1,1,2011-10-01T10:00:01.000+02:00,A_PARTLYSUBMITTED,112',
  '1,2,2011-10-01T10:01:00.000+02:00,A_PREACCEPTED,112',
  '1,3,2011-10-02T09:00:00.000+02:00,A_ACCEPTED,10',
  '1,4,2011-10-02T09:05:00.000+02:00,O_SELECTED,10',
  '1,5,2011-10-02T09:05:00.000+02:00,A_FINALIZED,10',
  '1,6,2011-10-02T09:05:02.000+02:00,O_SENT,10',
  '1,9,2011-10-10T11:00:00.000+02:00,O_SENT_BACK,11',
  '1,10,2011-10-12T11:00:00.000+02:00,O_CREATED,11',
  '1,11,2011-10-13T10:00:00.000+02:00,A_REGISTERED,12',
  '1,12,2011-10-13T10:00:00.000+02:00,A_APPROVED,12',
  '1,13,2011-10-20T10:00:00.000+02:00,A_ACTIVATED,13',
  '2,0,2011-10-03T10:00:00.000+02:00,A_SUBMITTED,112',
  '2,1,2011-10-03T10:00:40.000+02:00,A_DECLINED,112',
  '3,0,2011-10-04T10:00:00.000+02:00,A_SUBMITTED,112',
  '3,1,2011-10-04T10:01:00.000+02:00,A_PREACCEPTED,112',
  '3,2,2011-11-20T09:00:00.000+01:00,A_CANCELLED,112',
  '4,0,2011-10-05T10:00:00.000+02:00,A_SUBMITTED,112',
  '4,1,2011-11-15T09:00:00.000+01:00,A_PREACCEPTED,10',
];
export const ACTIVITIES = [
  'case_id,seq,ts,activity,lifecycle,resource',
  '1,7,2011-10-03T09:00:00.000+02:00,W_Nabellen offertes,START,',
  '1,8,2011-10-03T09:12:00.000+02:00,W_Nabellen offertes,COMPLETE,11181.0',
  '1,14,2011-10-21T09:00:00.000+02:00,W_Valideren aanvraag,COMPLETE,',
  '3,3,2011-12-01T12:00:00.000+01:00,W_Completeren aanvraag,COMPLETE,10.0',
  '3,4,2011-12-01T12:00:00.000+01:00,W_Completeren aanvraag,SCHEDULE,10.0',
];
/** The last event of the small log. */
export const LAST_MS = Date.parse('2011-12-01T12:00:00.000+01:00');

export interface Parts {
  cases?: string[];
  stages?: string[];
  activities?: string[];
}

/** Writes a log folder; a part set to an empty list is left out. */
export async function writeLog(parts: Parts = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'headwater-log-'));
  const text = (lines: string[]): string => `${lines.join('\n')}\n`;
  const { cases = CASES, stages = STAGES, activities = ACTIVITIES } = parts;
  if (cases.length > 0) await writeFile(join(dir, 'cases.csv'), text(cases));
  if (stages.length > 0) await writeFile(join(dir, 'events_stage.csv.gz'), gzipSync(text(stages)));
  if (activities.length > 0)
    await writeFile(join(dir, 'activities.csv.gz'), gzipSync(text(activities)));
  return dir;
}
