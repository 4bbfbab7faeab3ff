import { ENGINE_MEASURES, type EngineMeasure, type KeptAlert } from '../../model/alert.ts';
import { fieldLabel } from '../../model/language/field-labels.ts';
import type { Speech } from '../../model/language/languages.ts';
import { inWords, say } from '../../model/language/say.ts';
import type { Kind } from '../../model/language/template.ts';
import { METRICS, type MetricId } from '../../model/metrics.ts';
import { outputShape } from '../../model/outputs.ts';

type Watched = Pick<KeptAlert, 'on' | 'subject' | 'way' | 'value' | 'limit'>;

const isMetric = (on: string): on is MetricId => Object.hasOwn(METRICS, on);
const isOfEngine = (on: string): on is EngineMeasure => Object.hasOwn(ENGINE_MEASURES, on);

/** What a number is called. */
function labelOf(on: string, { language }: Speech): string {
  if (isOfEngine(on)) return ENGINE_MEASURES[on];
  return isMetric(on) ? METRICS[on].label : (fieldLabel(on, language) ?? on);
}

function kindOf(on: string): Kind {
  const unit = isMetric(on) ? METRICS[on].unit : outputShape(on)?.unit;
  if (unit === 'money' || unit === 'amount') return 'money';
  return unit === 'share' ? 'percent' : 'figure';
}

/** An alert in one sentence; `name` null = the record is gone, or it is the engine's own. */
export function alertText(alert: Watched, name: string | null, speech: Speech): string {
  const { on, way, value, limit, subject } = alert;
  const kind = kindOf(on);
  const given = {
    what: labelOf(on, speech),
    value: inWords(kind, value, speech),
    limit: inWords(kind, limit, speech),
  };
  if (isOfEngine(on)) return say(speech, 'alert.engine', given);
  return say(speech, `alert.${way}`, { ...given, name: name ?? subject.replace(/^\w+:/, '') });
}
