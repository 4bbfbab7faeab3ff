import type { Context, Next } from 'hono';
import type { AppDeps, Asset } from '../api/deps.ts';

/** Scripts, styles and data come from here and nowhere else, and nothing stands inline. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Addresses of the API and the webhooks are no pages, whatever a browser says it would take. */
const NO_PAGE = /^\/(v1|webhooks)(\/|$)|^\/(healthz|openapi\.json)$/;

/**
 * Files of the pages, and the one document that every address of a page is. They hold no data, so
 * they are open to everyone.
 */
export async function onPage(c: Context, deps: AppDeps, next: Next): Promise<Response | void> {
  const { pathname } = new URL(c.req.url);
  if (NO_PAGE.test(pathname)) return await next();
  const file = /\.\w+$/.test(pathname) ? await deps.asset?.(pathname.slice(1)) : null;
  if (file != null) return sent(c, file);
  const wantsPage = c.req.header('accept')?.includes('text/html') === true;
  const page = wantsPage ? await deps.asset?.('index.html') : null;
  return page == null ? await next() : sent(c, page);
}

function sent(c: Context, asset: Asset): Response {
  c.header('content-security-policy', POLICY);
  c.header('cache-control', asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  return c.body(asset.body, 200, { 'content-type': asset.type });
}
