import type { Lab } from './lab.ts';

interface DescribedField {
  name: string;
  type: string;
  picklistValues?: { value: string; active: boolean }[];
}
export interface Described {
  name: string;
  fields: DescribedField[];
}

const isDescribed = (body: unknown): body is Described =>
  Array.isArray((body as Partial<Described> | null)?.fields);

/**
 * From now on Salesforce describes its objects as `change` has it, whether they are asked for one
 * by one or together.
 */
export function describeAs(lab: Lab, change: (described: Described) => Described): void {
  const changed = (body: unknown): unknown => (isDescribed(body) ? change(body) : body);
  lab.wire.fetch = async (input, init) => {
    const answer = await lab.sandbox.fetch(input, init);
    const url = String(input);
    if (url.endsWith('/describe')) return Response.json(changed(await answer.json()));
    if (!url.endsWith('/composite')) return answer;
    const { compositeResponse } = (await answer.json()) as {
      compositeResponse: { body: unknown }[];
    };
    return Response.json({
      compositeResponse: compositeResponse.map((each) => ({ ...each, body: changed(each.body) })),
    });
  };
}
