interface Input {
  id: string;
  objectWriteTraceId: string;
  properties: Record<string, unknown>;
}

/**
 * Of an update, a share of the records fails by itself: HubSpot saves the rest and answers 207,
 * with the trace ids of those that it refused.
 */
export async function refuseRows(
  send: typeof fetch,
  address: string,
  init: RequestInit | undefined,
  share: number,
): Promise<Response> {
  const { inputs } = JSON.parse(String(init?.body)) as { inputs: Input[] };
  const refused = inputs.filter((_, i) => (i * 0.618) % 1 < share);
  const sound = inputs.filter((input) => !refused.includes(input));
  const answer =
    sound.length === 0
      ? null
      : await send(address, { ...init, body: JSON.stringify({ inputs: sound }) });
  if (answer !== null && !answer.ok) return answer;
  const saved =
    answer === null
      ? { status: 'COMPLETE', results: [] }
      : ((await answer.json()) as { results: unknown[]; errors?: unknown[] });
  const errors = [...('errors' in saved ? (saved.errors ?? []) : []), ...refused.map(refusal)];
  const headers = new Headers(answer?.headers);
  headers.delete('content-length');
  if (!headers.has('date')) headers.set('date', new Date(0).toUTCString());
  return Response.json({ ...saved, numErrors: errors.length, errors }, { status: 207, headers });
}

const refusal = (input: Input): Record<string, unknown> => {
  const message = 'Property values were not valid';
  return {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message,
    context: { ids: [input.id], objectWriteTraceId: [input.objectWriteTraceId] },
    links: {},
    errors: [
      {
        message,
        code: 'INVALID_OPTION',
        context: { propertyName: Object.keys(input.properties).slice(0, 1) },
      },
    ],
  };
};
