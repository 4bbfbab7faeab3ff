/** A partner's period in three sentences, and what of another wording is ever shown. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/model/language/languages.ts';
import { safePack } from '../../src/model/partner-safe.ts';
import type { ReviewPack } from '../../src/model/review.ts';
import { otherFigures } from '../../src/model/same-figures.ts';
import { speechOf, summaryOf } from '../../src/predict/index.ts';
import { scoredIds } from '../../src/store/past-results.ts';
import { reviewPack } from '../../src/sync/measure/review.ts';
import { reviewPlace, type ReviewPlace } from '../../src/sync/measure/review-place.ts';
import { packSummary } from '../../src/sync/measure/summary.ts';
import { openLab, type Lab } from './lab.ts';

let lab: Lab;
let place: ReviewPlace;
let packs: ReviewPack[];
beforeAll(async () => {
  lab = await openLab({ seed: 5, partners: 6, deals: 200 });
  await lab.sync();
  place = await reviewPlace(lab.store, 'lab', null);
  packs = [];
  for (const id of await scoredIds(lab.store, 'lab', place.run.runId))
    packs.push((await reviewPack(place, id))!);
});
afterAll(() => lab.close());

describe('the summary of a pack', () => {
  it.each(LANGUAGES)('is three sentences in %s, each whole', (language) => {
    const speech = { ...speechOf(place.moment.context), language };
    for (const { shared, internal } of packs)
      for (const sentences of [
        summaryOf(shared, internal, speech),
        summaryOf(shared, null, speech),
      ]) {
        expect(sentences).toHaveLength(3);
        for (const one of sentences) expect(one).toMatch(/^\S.*[^…]\.$|^\S.* [^…]\.$/);
        expect(sentences.join(' ')).not.toMatch(/[{}|]|NaN|undefined/);
      }
  });
  it('counts what the tables of the pack hold', () => {
    for (const { shared, internal } of packs) {
      const behind = shared.targets.filter(
        ({ side, pace }) => side === 'partner' && pace !== null && pace < 1,
      );
      const [plan, forecast] = internal!.summary;
      expect(plan).toContain(shared.partner.name);
      if (behind.length > 0) expect(plan).toMatch(new RegExp(`; ${behind.length} (is|are) behind`));
      if (shared.deals.length > 0)
        expect(forecast).toMatch(new RegExp(`; ${shared.deals.length} deals? (is|are) open`));
      const stalled = internal!.stages.reduce((all, one) => all + one.stalled, 0);
      expect(forecast!.includes('stalled')).toBe(stalled > 0);
    }
    expect(packs.some(({ internal }) => internal!.summary[0]!.includes('behind, the'))).toBe(true);
  });
  it('tells the partner of its plan, its deals and promises, and of no score or chance', () => {
    for (const pack of packs) {
      const { summary } = safePack(pack).shared;
      expect(summary.join(' ')).not.toMatch(/score|probability|expected|weighs/i);
      expect(summary[0]).toBe(pack.internal!.summary[0]);
    }
  });
});

/** What a model would answer, and what it was sent. */
interface Model {
  url: string;
  bodies: string[];
  keys: (string | undefined)[];
  server: Server;
}
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function modelThat(answer: (asked: string) => string, status = 200): Promise<Model> {
  const model = { url: '', bodies: [], keys: [] } as unknown as Model;
  const take = async (request: IncomingMessage): Promise<string> => {
    const body = await text(request);
    model.bodies.push(body);
    model.keys.push(request.headers.authorization);
    const { messages } = JSON.parse(body) as { messages: { content: string }[] };
    return JSON.stringify({ choices: [{ message: { content: answer(messages[1]!.content) } }] });
  };
  model.server = createServer((request, response) => {
    void take(request).then((body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    );
  });
  servers.push(model.server);
  await new Promise<void>((resolve) => model.server.listen(0, '127.0.0.1', resolve));
  const address = model.server.address() as { port: number };
  model.url = `http://127.0.0.1:${address.port}/v1/chat/completions`;
  return model;
}
const ask = async (url: string, pack = packs[0]!) =>
  await packSummary(place, pack, {
    ...{ fetch, hosts: [], secrets: { modelKey: 'key-1' } },
    connection: { rewriter: { url, model: 'small', secret: 'modelKey' } },
  });

describe('a language model', () => {
  it('is sent the sentences and nothing else, and its words are shown where figures agree', async () => {
    const model = await modelThat((asked) => `In short: ${asked}`);
    const { sentences, rewritten, refused } = await ask(model.url);
    expect(rewritten).toBe(`In short: ${sentences.join(' ')}`);
    expect(refused).toBeNull();
    const sent = JSON.parse(model.bodies[0]!) as { messages: { role: string; content: string }[] };
    expect(Object.keys(sent).sort()).toEqual(['messages', 'model', 'temperature']);
    expect(sent.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(sent.messages[1]!.content).toBe(sentences.join(' '));
    expect(sent.messages[0]!.content).not.toContain(packs[0]!.shared.partner.name);
    expect(model.keys).toEqual(['Bearer key-1']);
  });
  it.each<[string, (asked: string) => string, RegExp]>([
    ['another number', (asked) => asked.replace(/\d+/, '7777'), /changed the numbers \(7777/],
    ['one number more', (asked) => `${asked} That is 12 ahead.`, /changed the numbers \(12/],
    ['a number less', (asked) => asked.replace(/[\d,]+%/, 'most'), /changed the numbers/],
    ['a number in words', (asked) => `${asked} Twice as much.`, /changed the numbers \(twice/],
    ['another name', (asked) => asked.replaceAll(packs[0]!.shared.partner.name, 'X'), /left out/],
    ['a link', (asked) => `${asked} https://evil.example`, /more than a summary/],
    ['mark-up', (asked) => `${asked}<script>x</script>`, /more than a summary/],
    ['nothing', () => ' ', /answered nothing/],
  ])('that says %s is not believed, and the sentences stay', async (_, answer, why) => {
    const { sentences, rewritten, refused } = await ask((await modelThat(answer)).url);
    expect(rewritten).toBeNull();
    expect(refused).toMatch(why);
    expect(sentences).toEqual(packs[0]!.internal!.summary);
  });
  it('that fails, is away, or stands where nothing is sent leaves the sentences', async () => {
    expect((await ask((await modelThat((of) => of, 500)).url)).refused).toContain('answered 500');
    const gone = await modelThat((of) => of);
    await new Promise((resolve) => gone.server.close(resolve));
    expect((await ask(gone.url)).refused).toBe('the language model cannot be reached');
    expect((await ask('https://evil.example/v1')).refused).toContain('nothing is sent to');
  });
  it('is asked by nobody who has not named one', async () => {
    await expect(
      packSummary(place, packs[0]!, { fetch, hosts: [], secrets: {}, connection: {} }),
    ).rejects.toThrow('no language model');
    const own = await packSummary(place, packs[0]!, null);
    expect(own).toEqual({ sentences: packs[0]!.internal!.summary, rewritten: null, refused: null });
  });
});

it('figures are the same whatever spaces set them off, and in the same order only', () => {
  expect(otherFigures('77 000 EUR, 12 %', '77\u202f000 EUR, 12\u00a0%', 'fr')).toBeNull();
  expect(otherFigures('from 41 to 73', 'from 73 to 41', 'en')).toBe('73');
  expect(otherFigures('12%', '12 points', 'en')).toBe('12');
  expect(otherFigures('two of 3', 'two of 3', 'en')).toBeNull();
});
