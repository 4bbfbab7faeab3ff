import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileWrites } from '../../../src/mapping/compile/writes.ts';
import { startHubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { cardTexts, filledText, packageTexts } from '../../../connectors/kit/card/texts.ts';
import { PRINTED } from '../../../src/model/language/printed.ts';
import { fieldLabel } from '../../../src/model/language/field-labels.ts';
import { LANGUAGES } from '../../../src/model/language/languages.ts';
import { hubspot } from '../../../connectors/hubspot/index.ts';
import { CALLBACK_PORT, callbackUrl } from '../../../src/model/setup.ts';
import { parsed } from '../../mapping/fixtures/document.ts';
import {
  answerSearch,
  hasTools,
  made,
  openCard,
  project,
  typeFaults,
  withTools,
} from './card-tools.ts';
import { testDeps } from './support/deps.ts';

const CARD_TEXTS = cardTexts('en');
const HUBSPOT = readFileSync(new URL('../../../mappings/hubspot.yaml', import.meta.url), 'utf8');
/** Every property renamed. */
const RENAMED = HUBSPOT.replace(/^write:[\s\S]*/m, (block) => block.replaceAll(/hw_/g, 'our_'));

const api = (location = 'crm.record.sidebar', locale = 'en-US') => ({
  context: { location, user: { locale } },
});
type Answer = Record<string, string | null>;

/** The search finds these deals for this reader, by their id. */
const asked: string[] = [];
const searched = (deals: readonly number[] | Error) => (request: unknown) => {
  asked.push(JSON.stringify(request));
  if (deals instanceof Error) return { error: deals.message };
  const [, id = ''] = /"value":"(\d+)"/.exec(JSON.stringify(request)) ?? [];
  const results = deals
    .filter((deal) => String(deal) === id)
    .map((objectId) => ({ objectId, properties: {} }));
  return { data: { results, total: results.length, hasMore: false } };
};

/** What the card says when the record has these properties, and the reader sees no others. */
async function said(
  folder: string,
  object: string,
  properties: Answer | Error,
  deals: readonly number[] | Error = [],
) {
  const { extension, createRenderer, components } = await openCard(folder, object);
  const renderer = createRenderer('crm.record.sidebar');
  renderer.mocks.useCrmProperties.willCall((names) => ({
    properties:
      properties instanceof Error
        ? {}
        : Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name))),
    error: properties instanceof Error ? properties : null,
    isLoading: false,
    isRefetching: false,
    refetch: async () => {},
  }));
  answerSearch(searched(deals));
  renderer.render(extension(api()));
  if (/"our_next_deal":"/.test(JSON.stringify(properties)))
    await renderer.waitFor(() => {
      const text = renderer.getRootNode().toString();
      expect(text).toMatch(new RegExp(`${CARD_TEXTS.openDeal}|${CARD_TEXTS.noDealAccess}`));
    });
  return { text: renderer.getRootNode().toString(), renderer, components };
}

describe('the HubSpot project', () => {
  const json = (files: Map<string, string>, path: string) =>
    JSON.parse(files.get(path) ?? 'null') as Record<string, never>;

  it('is an app, two cards for each object, and a settings page, each of which is there', async () => {
    const { files } = await made(HUBSPOT);
    expect(json(files, 'hsproject.json')).toMatchObject({
      srcDir: 'src',
      platformVersion: '2026.03',
    });
    const metas = [...files.keys()].filter((path) => path.endsWith('-hsmeta.json'));
    const found = metas.map((path) => json(files, path) as unknown as Meta);
    expect(new Set(found.map(({ uid }) => uid)).size).toBe(metas.length);
    expect(found.map(({ type }) => type).sort()).toEqual([
      'app',
      'card',
      'card',
      'card',
      'card',
      'settings',
    ]);
    for (const { type, config } of found.filter(({ type }) => type !== 'app')) {
      expect(files.has(`src${config.entrypoint}`), config.entrypoint).toBe(true);
      if (type === 'card') expect(config.location).toMatch(/^crm\.record\.(sidebar|tab)$/);
    }
    expect(found.find(({ type }) => type === 'app')?.config.auth).toMatchObject({ type: 'oauth' });
  });

  it('asks for the scopes that `connection add --auth oauth` signs in with, and waits there', async () => {
    const { files } = await made(HUBSPOT);
    const { auth } = (json(files, 'src/app/app-hsmeta.json') as unknown as Meta).config;
    const way = hubspot.setup?.ways.find(({ id }) => id === 'oauth');
    const [redirectUri = ''] = auth?.redirectUrls ?? [];
    expect(redirectUri).toBe(callbackUrl(CALLBACK_PORT));
    const url = new URL(
      way?.signIn?.authorizeUrl({ clientId: 'x' }, { redirectUri, state: 's', challenge: 'c' }) ??
        '',
    );
    expect(auth?.requiredScopes).toEqual(url.searchParams.get('scope')?.split(' '));
    expect(auth?.optionalScopes).toEqual(url.searchParams.get('optional_scope')?.split(' '));
    expect(way?.steps({ certificate: null, callbackUrl: redirectUri })[0]?.title).toContain(
      'headwater package hubspot',
    );
  });
});

describe('the views and the settings page', () => {
  it.each(LANGUAGES)('are in %s, with the words that are written into the fields', async (to) => {
    const { files, steps } = await made(HUBSPOT.replace('language: en', `language: ${to}`));
    const page = files.get('src/app/settings/made.js') ?? '';
    const texts = packageTexts(to);
    const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
    expect(page).toContain(escaped(texts.settingsViews));
    const words = PRINTED[to];
    expect(page).toContain(words['view.stalled']);
    const health = fieldLabel('deal.health', to) ?? '';
    const stalled = filledText(texts.filterEquals, health, words['health.stalled']);
    expect(page).toContain(escaped(stalled));
    expect(steps.at(-1)?.lines.join()).toContain(words['view.moneyAtStake']);
    if (to === 'en') return;
    for (const text of Object.values(packageTexts('en')))
      expect([...files.values()].join('\n'), text).not.toContain(escaped(text));
  });
});

interface Meta {
  uid: string;
  type: string;
  config: {
    entrypoint: string;
    location?: string;
    auth?: { redirectUrls: string[]; requiredScopes: string[]; optionalScopes: string[] };
  };
}

const CARD = withTools("the HubSpot card, in the vendor's renderer");

describe.skipIf(!hasTools)(CARD, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await project(RENAMED);
  });
  const properties = (object: string): Answer =>
    Object.fromEntries(
      (
        compileWrites(parsed(RENAMED), () => null).find((one) => one.object === object)?.fields ??
        []
      ).map(({ field, output, spec }, at) => {
        if (output === 'partner.nextDeal') return [field, '77'];
        if (spec.type === 'number') return [field, String(10 + at)];
        return [field, spec.type === 'date' ? '2026-02-03' : `text ${at}`];
      }),
    );

  it('links to the deal that the action names, and says so where the reader may not see it', async () => {
    const values = { ...properties('companies'), our_next_deal: '0-3-77' };
    const shown = await said(folder, 'companies', values, [76, 77]);
    expect(shown.text).toContain(CARD_TEXTS.openDeal);
    expect(shown.text).toMatch(/objectId[^\d]*77\b/);
    const own = { ...values, our_next_deal: '2-38215-77' };
    const other = await said(folder, 'companies', own, [77]);
    expect(other.text).toMatch(/objectTypeId[^\d]*2-38215\b/);
    expect(asked.at(-1)).toMatch(/"objectType":"2-38215"/);
    const hidden = await said(folder, 'companies', values, [76]);
    expect(hidden.text).toContain(CARD_TEXTS.noDealAccess);
    expect(hidden.text).not.toContain(CARD_TEXTS.openDeal);
    // What nobody knows is left to HubSpot's own preview.
    const unknown = await said(folder, 'companies', values, new Error('Bad gateway'));
    expect(unknown.text).toContain(CARD_TEXTS.openDeal);
  });

  it('speaks the language of the mapping', async () => {
    const german = await project(HUBSPOT.replace('language: en', 'language: de'));
    const { text } = await said(german, 'deals', {});
    expect(text).toContain('Bitten Sie Ihren Admin um Zugriff');
    const rows = await said(german, 'companies', { hw_gap: '77' });
    expect(rows.text).toContain('Lücke zum Ziel');
  });

  it("keeps to the vendor's own types", () => expect(typeFaults(folder)).toBe(''));

  it.each(['companies', 'deals'])(
    'shows every value of %s, whatever it is called',
    async (object) => {
      const values = properties(object);
      const { text } = await said(folder, object, values, [77]);
      for (const [name, value] of Object.entries(values))
        expect(text, name).toMatch(
          new RegExp(
            value === '2026-02-03'
              ? 'Feb 3, 2026'
              : /^\d/.test(value ?? '')
                ? `\\b${value}\\b`
                : value!,
          ),
        );
    },
  );

  it('tells what may not be seen from what is empty, and both from an error', async () => {
    const empty = Object.fromEntries(Object.keys(properties('deals')).map((name) => [name, null]));
    const texts = [
      (await said(folder, 'deals', {})).text,
      (await said(folder, 'deals', empty)).text,
      (await said(folder, 'deals', new Error('Bad gateway'))).text,
    ];
    expect(texts[0]).toContain(CARD_TEXTS.noAccess.split('{0}')[0]);
    expect(texts[1]).toContain(CARD_TEXTS.noScoreDeal);
    expect(texts[2]).toContain(CARD_TEXTS.failed.replace('{0}', 'Bad gateway'));
  });

  it('names a property that is gone since, and keeps the rest', async () => {
    const { our_gap: _gone, ...rest } = properties('companies');
    const { text } = await said(folder, 'companies', rest);
    expect(text).toContain(CARD_TEXTS.missing.replace('{0}', 'our_gap'));
    expect(text).toContain('10%');
  });

  it('shows three of 4,000 characters of reasons, and scripts as text without marks that turn it', async () => {
    const line = (_: unknown, at: number): string => `+0.1 reason ${at}, in some more words`;
    const long = `62.4 = 50.1 for a comparable peer\n${Array.from({ length: 200 }, line).join('\n')}`;
    const reasons = long.slice(0, 4000);
    expect(reasons).toHaveLength(4000);
    const name = '<img src=x onerror=alert(1)> \u202eevil\u202c <script>alert(2)</script>';
    const { text } = await said(folder, 'companies', {
      ...properties('companies'),
      our_score_reasons: reasons,
      our_next_action: `Revive ${name}`,
    });
    expect(text).toContain('reason 2,');
    expect(text).not.toContain('reason 3,');
    expect(text).toContain(
      CARD_TEXTS.moreReasons.replace('{0}', String(reasons.split('\n').length - 4)),
    );
    expect(text).toContain('<script>alert(2)</script>');
    expect(text).toContain('onerror=alert(1)> evil <');
  });

  it('calls a closed deal closed, with no next step', async () => {
    const values = { ...properties('deals'), hs_is_closed: 'true', hs_is_closed_won: 'false' };
    const { text } = await said(folder, 'deals', { ...values, our_next_action: 'Get in touch' });
    expect(text).toContain(CARD_TEXTS['closed-lost']);
    expect(text).not.toContain('Get in touch');
  });

  it('calls a deal of an own object closed by its stage, whichever language and case it is in', async () => {
    const own = await project(
      RENAMED.replace(/^ {2}deal:\n {4}object: deals$/m, '  deal:\n    object: projects')
        .replace(/^ {2}- object: deals$/m, '  - object: projects')
        .replace(/^ {6}stage: .*$/m, '      stage: phase')
        .replace(/^ {6}(closed|won): .*\n/gm, '')
        .replace(
          /^entities:$/m,
          'stages:\n  - { key: Aperto, order: 1, closed: false, won: false }\n  - { key: Chiuso Vinto, order: 2, closed: true, won: true }\n  - { key: Perso, order: 3, closed: true, won: false }\nentities:',
        ),
    );
    const values = { ...properties('deals'), our_next_action: 'Get in touch' };
    const says = async (phase: string): Promise<string> =>
      (await said(own, 'projects', { ...values, phase })).text;
    expect(await says('chiuso vinto ')).toContain(CARD_TEXTS['closed-won']);
    expect(await says('Perso')).toContain(CARD_TEXTS['closed-lost']);
    expect(await says('Perso')).not.toContain('Get in touch');
    expect(await says('Aperto')).toContain('Get in touch');
  });

  it('reads what the portal gives for a record that was written to', async () => {
    const sandbox = await startHubSpotSandbox({ port: 0, partners: 3, deals: 20 });
    try {
      const session = await hubspot.open(
        { auth: 'token', baseUrl: sandbox.url },
        { accessToken: sandbox.accessToken },
        testDeps(),
      );
      const writes = compileWrites(parsed(RENAMED), () => null);
      const specs = writes.flatMap(({ fields }) => fields.map(({ spec }) => spec));
      await session.deployFields(await session.planFields(specs));
      const request = { object: 'deals', fields: ['dealname'], where: [], includeDeleted: false };
      const { rows } = await session.read({ ...request, range: { kind: 'all' } }, null);
      const id = rows[0]?.id ?? '';
      const fields = { our_win_probability: 37.4, our_win_low: 12, our_win_high: 55 };
      await session.write('deals', [{ id, fields }]);
      const names = writes
        .find(({ object }) => object === 'deals')
        ?.fields.map(({ field }) => field);
      const answer = await fetch(
        `${sandbox.url}/crm/v3/objects/deals/${id.split('-').at(-1)}?properties=${names?.join(',')}`,
        { headers: { authorization: `Bearer ${sandbox.accessToken}` } },
      );
      const { properties: read } = (await answer.json()) as { properties: Answer };
      const { text } = await said(folder, 'deals', read);
      expect(text).toContain('37%');
      expect(text).toContain(CARD_TEXTS.band.replace('{0}', '12%').replace('{1}', '55%'));
    } finally {
      await sandbox.close();
    }
  });
});
