/** Record pages are the only pages that the sandbox has. */
const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

const addressOf = ({ attributes }) =>
  `/record/${encodeURIComponent(attributes.recordId)}${globalThis.location.search}`;

export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](page) {
      globalThis.location.assign(addressOf(page));
    }

    [GenerateUrl](page) {
      return Promise.resolve(addressOf(page));
    }
  };

NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;
