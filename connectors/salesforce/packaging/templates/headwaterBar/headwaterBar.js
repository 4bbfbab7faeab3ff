import { LightningElement, api } from 'lwc';

/** A value between 0 and 100 with the range it may lie in; read out as its label. */
export default class HeadwaterBar extends LightningElement {
    @api bar;

    get label() {
        return this.bar.text;
    }

    get hasRange() {
        return this.bar.low !== null;
    }

    get rangeStyle() {
        const { low, high } = this.bar;
        return `inset-inline-start: ${low}%; inline-size: ${high - low}%`;
    }

    get markStyle() {
        return `inset-inline-start: ${this.bar.at}%`;
    }
}
