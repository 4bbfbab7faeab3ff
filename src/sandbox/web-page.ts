/** What the pages of both CRMs share: they are for a browser on this machine. */

/** A name that was bound anew to loopback must not get at what a page shows. */
const LOOPBACK_HOST = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]|sandbox\.invalid)(:\d+)?$/;

export const isLoopback = (request: Request): boolean =>
  LOOPBACK_HOST.test(new URL(request.url).host);

export const pageResponse = (body: string, status = 200, type = 'text/html'): Response =>
  new Response(body, { status, headers: { 'content-type': `${type};charset=UTF-8` } });

export const notLoopback = (): Response =>
  pageResponse('Pages are for browsers on this machine.', 403, 'text/plain');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
