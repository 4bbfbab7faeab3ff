import { describe, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { demandHost, parseHosts } from '../../connectors/kit/hosts.ts';
import { salesforce } from '../../connectors/salesforce/index.ts';
import { testDeps } from './hubspot/support/deps.ts';

const VENDOR = ['.salesforce.com'];
const allowed = (address: string, listed = ''): boolean => {
  try {
    demandHost('X', address, '`instanceUrl`', VENDOR, parseHosts(listed));
    return true;
  } catch {
    return false;
  }
};

describe('where secrets may be sent', () => {
  it.each([
    ['https://acme.my.salesforce.com', '', true],
    ['https://salesforce.com.evil.example', '', false],
    ['https://evilsalesforce.com', '', false],
    ['https://login.salesforce.com@evil.example', '', false],
    ['http://acme.my.salesforce.com', '', false],
    ['http://127.0.0.1:8080', '', true],
    ['http://localhost', '', true],
    ['https://127.0.0.1.evil.example', '', false],
    ['https://crm.acme.com', 'crm.acme.com', true],
    ['https://x.crm.acme.com', 'crm.acme.com', false],
    ['https://x.acme.com', '*.acme.com, other.example', true],
    ['http://x.acme.com', '*.acme.com', false],
    ['https://ACME.com', '*.acme.com', false],
    ['not an address', '*', false],
    ['https://name:word@acme.my.salesforce.com', '', false],
    ['https://name@127.0.0.1', '', false],
    ['https://acme.my.salesforce.com.', '', false],
    ['https://acme.my.salesforce.com:8443', '', true],
    ['https://acme.my.salesforce.com\\@evil.example', '', true],
    ['https://acme.my.sale\u0455force.com', '', false],
    ['https://xn--slesforce-o4a.com', '', false],
    ['https://.salesforce.com', '', true],
    ['http://2130706433:8080', '', true],
    ['http://0x7f000001', '', true],
    ['http://2130706434', '', false],
    ['http://127.0.0.2', '', false],
    ['http://0.0.0.0', '', false],
    ['http://169.254.169.254/latest', '', false],
    ['http://[::1]:9', '', true],
    ['http://[::ffff:7f00:1]', '', false],
    ['http://[fe80::1]', '', false],
    ['http://localhost.', '', false],
    ['http://localhost.evil.example', '', false],
    ['ftp://localhost/x', '', false],
    ['file://localhost/etc/passwd', '', false],
    ['javascript://localhost/%0aalert(1)', '', false],
    ['//acme.my.salesforce.com', '', false],
  ])('%s with "%s" listed: %s', (address, listed, fine) => {
    expect(allowed(address, listed)).toBe(fine);
  });

  it('no call is made to any other host, on either CRM', async () => {
    const asked: string[] = [];
    const deps = testDeps({
      fetch: async (input) => {
        asked.push(String(input));
        return new Response('{}');
      },
    });
    const url = 'https://crm.evil.example';
    for (const settings of [
      { auth: 'client-credentials', clientId: 'c', instanceUrl: url },
      { auth: 'access-token', instanceUrl: url },
      { auth: 'refresh-token', clientId: 'c', loginUrl: url },
    ])
      await expect(
        salesforce.open(settings, { clientSecret: 's', accessToken: 's', refreshToken: 's' }, deps),
      ).rejects.toMatchObject({ kind: 'config', code: 'HOST' });
    await expect(hubspot.open({ baseUrl: url }, { accessToken: 's' }, deps)).rejects.toMatchObject({
      code: 'HOST',
    });
    expect(asked).toEqual([]);
  });

  it.each(['https://crm.evil.example', 'http://acme.my.salesforce.com'])(
    'a sign-in that names the instance %s is refused',
    async (instance_url) => {
      const asked: string[] = [];
      const deps = testDeps({
        fetch: async (input) => {
          asked.push(String(input));
          return Response.json({ access_token: 'T', instance_url });
        },
      });
      await expect(
        salesforce.open(
          { auth: 'client-credentials', clientId: 'c', instanceUrl: 'https://a.my.salesforce.com' },
          { clientSecret: 's' },
          deps,
        ),
      ).rejects.toMatchObject({ code: 'HOST' });
      expect(asked.length).toBe(1);
    },
  );
});
