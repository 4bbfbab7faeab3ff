/** Bodies that clients send compressed. */
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { fault, faultResponse } from './faults.ts';

const READERS: Record<string, (data: Uint8Array) => Promise<Uint8Array>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
};

/** The request with its body as it was before it was compressed; an answer where that cannot be. */
export async function unpacked(request: Request): Promise<Request | Response> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase();
  if (encoding === undefined || encoding === 'identity' || encoding === '') return request;
  const read = READERS[encoding];
  if (read === undefined)
    return faultResponse(
      fault(415, 'UNSUPPORTED_MEDIA_TYPE', `Content-Encoding ${encoding} is not supported`).faults,
    );
  const headers = new Headers(request.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  try {
    const body = await read(new Uint8Array(await request.arrayBuffer()));
    return new Request(request.url, {
      method: request.method,
      headers,
      body: new Uint8Array(body),
    });
  } catch {
    return faultResponse(
      fault(400, 'JSON_PARSER_ERROR', `The entity body is not ${encoding}`).faults,
    );
  }
}
