import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { FIELDS } from './fields';

/** What Headwater wrote about this record. Optional fields: one that is hidden or not deployed is left out instead of failing the page. */
export default class HeadwaterScore extends LightningElement {
    @api recordId;
    @api objectApiName;

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$optionalFields' })
    record;

    get fields() {
        return FIELDS[this.objectApiName] ?? {};
    }

    get optionalFields() {
        return Object.values(this.fields);
    }

    value(name) {
        const field = this.fields[name];
        return field && this.record?.data ? getFieldValue(this.record.data, field) : undefined;
    }

    get loading() {
        return !this.record?.data && !this.record?.error;
    }

    get failed() {
        return Boolean(this.record?.error);
    }

    get hasScore() {
        return this.score !== null && this.score !== undefined;
    }

    get noScore() {
        return Boolean(this.record?.data) && !this.hasScore;
    }

    get score() {
        return this.value('score');
    }

    get band() {
        const low = this.value('low');
        const high = this.value('high');
        return this.isNumber(low) && this.isNumber(high) ? `${low} to ${high}` : undefined;
    }

    get evidence() {
        const evidence = this.value('evidence');
        return this.isNumber(evidence) ? `from ${evidence} past deals` : undefined;
    }

    get event() {
        return this.value('event');
    }

    get health() {
        return this.value('health');
    }

    get nextAction() {
        return this.value('nextAction');
    }

    /** One reason a line; the points add up to the score. */
    get reasons() {
        return (this.value('reasons') ?? '').split('\n').filter((line) => line !== '').map((text, index) => ({ key: index, text }));
    }

    isNumber(value) {
        return typeof value === 'number';
    }
}
