import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import LOCALE from '@salesforce/i18n/locale';
import { ACCESS, CURRENCY, RECORDS } from './fields';
import { TEXTS } from './labels';
import { closedBy, fill, formatter, viewOf } from './view';

const FORMAT = formatter(LOCALE, CURRENCY);

/** What Headwater wrote about this record, as far as the reader may see it. */
export default class HeadwaterScore extends NavigationMixin(LightningElement) {
    @api recordId;
    @api objectApiName;
    texts = TEXTS;
    isOpen = false;
    dealUrl = null;
    dealObject = null;
    isDealHidden = false;

    @wire(getObjectInfo, { objectApiName: '$objectApiName' })
    info;

    // Fields that are hidden or not there are left out of the answer instead of failing it.
    @wire(getRecord, { recordId: '$recordId', optionalFields: '$wanted' })
    record;

    // A deal may be of any object: a layout asks without naming one, and the answer says which.
    @wire(getRecord, { recordId: '$dealId', layoutTypes: ['Compact'], modes: ['View'] })
    deal({ data, error }) {
        this.isDealHidden = Boolean(error);
        this.dealUrl = null;
        this.dealObject = data?.apiName;
        if (data) this.makeUrl();
    }

    get known() {
        return RECORDS[this.objectApiName];
    }

    get wanted() {
        if (!this.known) return undefined;
        const { fields, closed = {} } = this.known;
        const told = Object.values(closed).map(({ field }) => field);
        return [...new Set([...Object.values(fields), ...told])].map((name) => this.path(name));
    }

    path(name) {
        return `${this.objectApiName}.${name}`;
    }

    /** Undefined when the reader does not see the field, null when it is empty. */
    value(name) {
        return getFieldValue(this.record.data, this.path(name));
    }

    get isLoading() {
        return !this.problem && !this.isReady;
    }

    get isReady() {
        return Boolean(this.record?.data && this.info?.data);
    }

    get unseen() {
        const seen = this.info.data.fields;
        return Object.values(this.known.fields).filter((name) => !(name in seen));
    }

    get problem() {
        if (this.objectApiName && !this.known) return fill(TEXTS.unknownObject, this.objectApiName);
        const error = this.record?.error ?? this.info?.error;
        if (error) return fill(TEXTS.failed, error.body?.message ?? error.message ?? '');
        if (!this.isReady) return null;
        const isBlind = this.unseen.length === Object.keys(this.known.fields).length;
        return isBlind ? fill(TEXTS.noAccess, ACCESS) : null;
    }

    get view() {
        if (!this.isReady || this.problem) return null;
        const { entity, fields, labels, units } = this.known;
        const info = this.info.data.fields;
        const names = Object.keys(fields);
        const from = (of) => Object.fromEntries(names.map((name) => [name, of(name)]));
        return viewOf(
            {
                entity,
                outputs: from((name) => this.value(fields[name])),
                labels: from((name) => info[fields[name]]?.label ?? labels[name]),
                units,
                closed: this.closed,
                nowMs: Date.now()
            },
            TEXTS,
            FORMAT
        );
    }

    get closed() {
        const { closed } = this.known;
        return closed ? closedBy(closed, ({ field }) => this.value(field)) : null;
    }

    get missing() {
        return this.unseen.length === 0 ? null : fill(TEXTS.missing, this.unseen.join(', '));
    }

    get headlineClass() {
        return `headline ${this.view.headline.tone}`;
    }

    get hasReasons() {
        return Boolean(this.view.reasons.sum) || this.view.reasons.first.length > 0;
    }

    get reasons() {
        const { first, rest } = this.view.reasons;
        return (this.isOpen ? [...first, ...rest] : first).map((reason) => ({
            ...reason,
            spoken: `${TEXTS[reason.tone]}:`
        }));
    }

    get moreLabel() {
        // Its words keep their order on a page from the right.
        return `\u2068${this.isOpen ? TEXTS.fewerReasons : this.view.reasons.more}\u2069`;
    }

    toggleReasons() {
        this.isOpen = !this.isOpen;
    }

    get hasPlan() {
        return this.view.plan.sides.length > 0 || Boolean(this.view.plan.due);
    }

    get hasCredit() {
        return this.view.credit.length > 0;
    }

    get hasMore() {
        return this.view.more.length > 0;
    }

    get dealId() {
        return this.view?.action?.dealId ?? undefined;
    }

    get dealPage() {
        return {
            type: 'standard__recordPage',
            attributes: { recordId: this.dealId, objectApiName: this.dealObject, actionName: 'view' }
        };
    }

    async makeUrl() {
        this.dealUrl = await this[NavigationMixin.GenerateUrl](this.dealPage);
    }

    openDeal(event) {
        event.preventDefault();
        this[NavigationMixin.Navigate](this.dealPage);
    }
}
