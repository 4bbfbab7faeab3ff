/**
 * Records of an update that other transactions hold: Salesforce saves the
 * rest and says so row by row.
 */
export async function lockRows(
  send: typeof fetch,
  address: string,
  init: RequestInit | undefined,
  share: number,
): Promise<Response> {
  const body = JSON.parse(String(init?.body)) as { allOrNone: boolean; records: { id: string }[] };
  const locked = new Set(
    body.records.filter((_, i) => (i * 0.618) % 1 < share).map((record) => record.id),
  );
  const free = body.records.filter((record) => !locked.has(record.id));
  const answer =
    free.length === 0
      ? null
      : await send(address, { ...init, body: JSON.stringify({ ...body, records: free }) });
  if (answer !== null && !answer.ok) return answer;
  const saved = answer === null ? [] : ((await answer.json()) as unknown[]);
  const refused = {
    success: false,
    errors: [
      {
        statusCode: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access to this record',
        fields: [],
      },
    ],
  };
  return Response.json(
    body.records.map((record) => (locked.has(record.id) ? refused : saved.shift())),
    { headers: answer?.headers ?? { date: new Date(0).toUTCString() } },
  );
}
