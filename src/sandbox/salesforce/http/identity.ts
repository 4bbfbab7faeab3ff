/** Who am I: userinfo, and the identity document that the `id` of a token points to. */
import type { Hono } from 'hono';
import type { OrgUser } from '../org-types.ts';
import { requireAccess } from './access.ts';
import { fault, jsonResponse } from './faults.ts';
import { dateTimeText } from './stamps.ts';
import type { SalesforceEnv, Site } from './site.ts';
import { originOf } from './oauth-answer.ts';

export function mountIdentity(app: Hono<SalesforceEnv>, site: Site): void {
  app.on(['GET', 'POST'], '/services/oauth2/userinfo', (c) => {
    const { user } = requireAccess(site, c.req.raw, true);
    return jsonResponse(userInfo(site, user, originOf(c.req.raw)));
  });
  app.on(['GET', 'POST'], '/id/:org/:user', (c) => {
    const { user } = requireAccess(site, c.req.raw, true);
    const same = (a: string, b: string) => a.slice(0, 15) === b.slice(0, 15);
    if (!same(c.req.param('org'), site.org.id) || !same(c.req.param('user'), user.id))
      throw fault(404, 'NOT_FOUND', 'The requested resource does not exist');
    return jsonResponse(identity(site, user, originOf(c.req.raw)));
  });
}

interface Person {
  name: string;
  firstName: string | null;
  lastName: string;
  email: string;
  language: string;
  locale: string;
  timezone: string;
  modifiedMs: number;
}

function personOf(site: Site, user: OrgUser): Person {
  const found = site.org.find(user.id);
  const text = (field: string): string | null => {
    const value = found?.row[field];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const stamp = found?.row.SystemModstamp;
  const lastName = text('LastName') ?? user.username;
  return {
    name: text('Name') ?? [text('FirstName'), lastName].filter((part) => part !== null).join(' '),
    firstName: text('FirstName'),
    lastName,
    email: text('Email') ?? user.username,
    language: text('LanguageLocaleKey') ?? 'en_US',
    locale: text('LocaleSidKey') ?? 'en_US',
    timezone: text('TimeZoneSidKey') ?? 'Europe/London',
    modifiedMs: typeof stamp === 'number' ? stamp : site.org.nowMs(),
  };
}

function userInfo(site: Site, user: OrgUser, origin: string): Record<string, unknown> {
  const person = personOf(site, user);
  return {
    sub: `https://login.salesforce.com/id/${site.org.id}/${user.id}`,
    user_id: user.id,
    organization_id: site.org.id,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: person.name,
    email: person.email,
    email_verified: true,
    given_name: person.firstName,
    family_name: person.lastName,
    zoneinfo: person.timezone,
    photos: photos(origin),
    profile: `${origin}/${user.id}`,
    picture: photos(origin).picture,
    address: {},
    is_salesforce_integration_user: false,
    urls: urls(origin, user, site.org.id),
    active: user.active,
    user_type: 'STANDARD',
    language: person.language,
    locale: person.locale,
    utcOffset: 0,
    updated_at: dateTimeText(person.modifiedMs),
  };
}

function identity(site: Site, user: OrgUser, origin: string): Record<string, unknown> {
  const person = personOf(site, user);
  return {
    id: `${origin}/id/${site.org.id}/${user.id}`,
    asserted_user: true,
    user_id: user.id,
    organization_id: site.org.id,
    username: user.username,
    nick_name: user.username.split('@')[0],
    display_name: person.name,
    email: person.email,
    email_verified: true,
    first_name: person.firstName,
    last_name: person.lastName,
    timezone: person.timezone,
    photos: photos(origin),
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: urls(origin, user, site.org.id),
    active: user.active,
    user_type: 'STANDARD',
    language: person.language,
    locale: person.locale,
    utcOffset: 0,
    last_modified_date: dateTimeText(person.modifiedMs),
    is_app_installed: true,
  };
}

function photos(origin: string): { picture: string; thumbnail: string } {
  return { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` };
}

/** `{version}` is left for the client to fill in, as the vendor leaves it. */
function urls(origin: string, user: OrgUser, orgId: string): Record<string, string> {
  const rest = `${origin}/services/data/v{version}/`;
  return {
    enterprise: `${origin}/services/Soap/c/{version}/${orgId.slice(0, 15)}`,
    metadata: `${origin}/services/Soap/m/{version}/${orgId.slice(0, 15)}`,
    partner: `${origin}/services/Soap/u/{version}/${orgId.slice(0, 15)}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${origin}/services/Soap/T/{version}/${orgId.slice(0, 15)}`,
    tooling_rest: `${rest}tooling/`,
    profile: `${origin}/${user.id}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: origin,
  };
}
