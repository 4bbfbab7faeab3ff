/** SOAP envelopes of the Metadata API. */
import { fault } from '../http/faults.ts';
import { METADATA_NAMESPACE } from './document.ts';
import { child, childText, escapeXml, parseXml, XmlError, xmlOf, type XmlElement } from './xml.ts';

export interface SoapCall {
  operation: string;
  body: XmlElement;
  sessionId: string | null;
  allOrNone: boolean;
}

const ENVELOPE = 'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** Reads an envelope. Throws OrgFault where it is none. */
export function readEnvelope(text: string): SoapCall {
  let envelope: XmlElement;
  try {
    envelope = parseXml(text);
  } catch (error) {
    if (error instanceof XmlError) throw fault(500, 'CLIENT_ERROR', error.message);
    throw error;
  }
  const header = child(envelope, 'Header');
  const body = child(envelope, 'Body')?.children[0];
  if (envelope.name !== 'Envelope' || body === undefined)
    throw fault(500, 'CLIENT_ERROR', 'No operation available for request');
  return {
    operation: body.name,
    body,
    sessionId: childText(child(header, 'SessionHeader'), 'sessionId') ?? null,
    allOrNone: childText(child(header, 'AllOrNoneHeader'), 'allOrNone') === 'true',
  };
}

/** The answer of an operation: its results one element each. A raw result is XML already. */
export function soapAnswer(
  operation: string,
  results: readonly (Record<string, unknown> | { raw: string })[],
): Response {
  const inner = results
    .map((result) =>
      typeof result.raw === 'string' ? `<result>${result.raw}</result>` : xmlOf('result', result),
    )
    .join('');
  return envelope(
    `<${operation}Response xmlns="${METADATA_NAMESPACE}">${inner}</${operation}Response>`,
    200,
  );
}

/** Faults are answered with status 500 and the code in the vendor's `sf` namespace. */
export function soapFault(errorCode: string, message: string): Response {
  const words = message.startsWith(`${errorCode}: `) ? message : `${errorCode}: ${message}`;
  return envelope(
    `<soapenv:Fault><faultcode>sf:${errorCode}</faultcode><faultstring>${escapeXml(words)}</faultstring></soapenv:Fault>`,
    500,
  );
}

function envelope(body: string, status: number): Response {
  const text = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${ENVELOPE} xmlns:sf="${METADATA_NAMESPACE}" ${XSI}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return new Response(text, { status, headers: { 'content-type': 'text/xml;charset=UTF-8' } });
}
