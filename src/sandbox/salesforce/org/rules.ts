/** What the server does of itself, by object. */
import { eventRules, taskRules } from './activity-rules.ts';
import { opportunityRules } from './opportunity-rules.ts';
import type { ObjectRules } from './saving.ts';

export const RULES: Readonly<Record<string, ObjectRules>> = { Opportunity: opportunityRules, Task: taskRules, Event: eventRules };
