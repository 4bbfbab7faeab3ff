/** The component in the vendor's test runner: what each answer of its wires makes it show. */
import HeadwaterScore from 'c/headwaterScore';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord } from 'lightning/uiRecordApi';
import { createElement } from 'lwc';

/** Pages that the component asked an address of; the runner's own stand-in keeps none. */
const mockPages = [];
jest.mock('lightning/navigation', () => {
  const [Navigate, GenerateUrl] = [Symbol('Navigate'), Symbol('GenerateUrl')];
  const NavigationMixin = (Base) =>
    class extends Base {
      [Navigate]() {}
      [GenerateUrl](page) {
        mockPages.push(page);
        return Promise.resolve('https://www.example.com');
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }) };
});

const PARTNER = '001000000000001AAA';
const DEAL = '006000000000001AAA';
/** Each turn lets what the last one changed be drawn. */
const TURNS = 5;

const record = (fields) => ({
  apiName: 'Account',
  id: PARTNER,
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
});
const info = (fields) => ({
  apiName: 'Account',
  fields: Object.fromEntries(fields.map((name) => [name, { apiName: name, label: name }])),
});
const ofPartner = ({ recordId }) => recordId === PARTNER;
const ofDeal = ({ recordId }) => recordId === DEAL;

async function drawn() {
  for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
}

function opened(objectApiName = 'Account') {
  const element = createElement('c-headwater-score', { is: HeadwaterScore });
  Object.assign(element, { recordId: PARTNER, objectApiName });
  document.body.append(element);
  return element;
}

const textOf = (element) => element.shadowRoot.textContent;

async function shown(fields, known = Object.keys(fields)) {
  const element = opened();
  await drawn();
  getObjectInfo.emit(info(known));
  getRecord.emit(record(fields), ofPartner);
  await drawn();
  return element;
}

const SCORED = {
  HW_Partner_Score__c: 62.4,
  HW_Score_Low__c: 41.2,
  HW_Score_High__c: 77.9,
  HW_Next_Action__c: 'Revive “Contoso”',
  HW_Next_Deal__c: DEAL,
};

describe('c-headwater-score', () => {
  afterEach(() => document.body.replaceChildren());

  it('waits until both wires have answered', async () => {
    const element = opened();
    await drawn();
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    getObjectInfo.emit(info(Object.keys(SCORED)));
    getRecord.emit(record(SCORED), ofPartner);
    await drawn();
    expect(element.shadowRoot.querySelector('lightning-spinner')).toBeNull();
    expect(element.shadowRoot.querySelector('.number').textContent).toBe('62%');
    expect(textOf(element)).toContain('c.HW_likely');
  });

  it('tells a reader without access from a record without a score', async () => {
    expect(textOf(await shown({ Name: 'Nordwind' }))).toContain('c.HW_noAccess');
    document.body.replaceChildren();
    const empty = await shown({ HW_Partner_Score__c: null });
    expect(textOf(empty)).toContain('c.HW_noScorePartner');
    expect(textOf(empty)).toContain('c.HW_missing');
    expect(textOf(empty)).not.toContain('c.HW_noAccess');
  });

  it('links to the deal that the action names, once it can be read', async () => {
    const element = await shown(SCORED);
    expect(element.shadowRoot.querySelector('a')).toBeNull();
    getRecord.emit({ apiName: 'Our_Deal__c', id: DEAL, fields: {} }, ofDeal);
    await drawn();
    expect(element.shadowRoot.querySelector('a').textContent).toBe('c.HW_openDeal');
    expect(textOf(element)).not.toContain('c.HW_noDealAccess');
  });

  it.each(['Opportunity', 'Our_Deal__c'])(
    'links to a deal that is a record of %s',
    async (object) => {
      await shown(SCORED);
      getRecord.emit({ apiName: object, id: DEAL, fields: {} }, ofDeal);
      await drawn();
      const asked = mockPages.at(-1);
      expect(asked.attributes).toMatchObject({ recordId: DEAL, objectApiName: object });
    },
  );

  it('says so where the reader may not see that deal', async () => {
    const element = await shown(SCORED);
    getRecord.emitError({ body: { message: 'INSUFFICIENT_ACCESS' }, status: 403 }, ofDeal);
    await drawn();
    expect(textOf(element)).toContain('Revive “Contoso”');
    expect(textOf(element)).toContain('c.HW_noDealAccess');
    expect(element.shadowRoot.querySelector('a')).toBeNull();
  });

  it('says so on a page of an object that the mapping does not write to', async () => {
    const element = opened('Contact');
    await drawn();
    expect(textOf(element)).toContain('c.HW_unknownObject');
  });
});
