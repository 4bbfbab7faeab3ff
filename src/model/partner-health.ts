import * as z from 'zod';
import { nearest } from './nearest.ts';
import { LEADING_METRICS, VERDICTS } from './proof.ts';

/** What a partner's health is made of; only what is proven to foretell wins weighs anything. */
export const PILLARS = [
  'onboarding',
  'enablement',
  'marketing',
  'pipeline',
  'incentives',
  'engagement',
] as const;
export type PillarName = (typeof PILLARS)[number];

const known = (metric: string): boolean =>
  (LEADING_METRICS as readonly string[]).includes(metric) || metric.startsWith('own.');
const metric = z.string().superRefine((word, context) => {
  if (known(word)) return;
  const near = nearest(word, [...LEADING_METRICS]);
  context.addIssue({
    code: 'custom',
    message: `"${word}" is no leading metric${near === null ? '' : `: did you mean ${near}?`} (${LEADING_METRICS.join(', ')}, or own.NAME)`,
  });
});
const pillar = (metrics: (typeof LEADING_METRICS)[number][]) =>
  z
    .strictObject({
      weight: z.number().min(0).max(100).default(1).describe('Beside the other pillars'),
      metrics: z
        .array(metric)
        .max(20)
        .default(metrics)
        .describe('Leading metrics of this pillar; each weighs something once it is proven'),
    })
    .prefault({});

export const healthSettingsSchema = z
  .strictObject({
    onboarding: pillar(['onboarding_steps', 'learning_path']),
    enablement: pillar([
      'certified_people',
      'certified_share',
      'certification_depth',
      'training_completion',
    ]),
    marketing: pillar(['campaigns_executed']),
    pipeline: z
      .strictObject({
        weight: z.number().gt(0).max(100).default(1).describe('It rests on outcomes: never 0'),
      })
      .prefault({}),
    incentives: pillar(['incentives_used']),
    engagement: pillar([
      'portal_frequency',
      'content_consumption',
      'response_rate',
      'plan_participation',
      'partner_satisfaction',
    ]),
  })
  .prefault({});
export type HealthSettings = z.infer<typeof healthSettingsSchema>;

export interface HealthPillar {
  pillar: PillarName;
  /** 0 to 100 beside the others of its type; null = nothing of it is on record. */
  value: number | null;
  /** What it weighs in the number, 0 to 1; 0 = nothing of it is proven. */
  weight: number;
  metrics: { kpi: string; verdict: (typeof VERDICTS)[number]; value: number | null }[];
}

export interface PartnerHealth {
  /** 0 to 100. */
  value: number;
  /** It cannot pass this without outcomes: 60 where nothing was won in a year. */
  most: number;
  pillars: HealthPillar[];
}
