/** Asks the UI API as the reader of the page; the answer is what a wire gives to its component. */
export async function ask(path) {
  const { token, version } = globalThis.reader;
  const response = await fetch(`/services/data/v${version}/ui-api/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const body = await response.json();
  if (response.ok) return { data: body, error: undefined };
  const [first] = Array.isArray(body) ? body : [body];
  return { data: undefined, error: { status: response.status, body: first } };
}
