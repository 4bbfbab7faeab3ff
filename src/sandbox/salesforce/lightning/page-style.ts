/**
 * The frame around the components. The dark theme gives the platform's styling hooks the values
 * that they have there; components that use them follow, others do not.
 */
export const PAGE_STYLE = `
body { margin: 0; background: #f3f3f3; color: #181818; }
header { padding: 1rem; background: #fff; border-bottom: 1px solid #c9c9c9; }
h1 { font-size: 1.25rem; font-weight: 700; overflow-wrap: anywhere; }
.readers { font-size: 0.75rem; overflow-wrap: anywhere; }
.readers a { text-decoration: underline; }
main { display: grid; gap: 1rem; padding: 1rem; align-items: start; }
main.beside { grid-template-columns: minmax(0, 1fr) 22rem; }
main.wide aside { order: -1; }
.fields { padding: 1rem; background: #fff; border-radius: 0.25rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0.5rem 2rem; }
dt { font-size: 0.75rem; opacity: 0.8; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
aside { background: #fff; border-radius: 0.25rem; min-width: 0; }
.why { padding: 1rem; }
@media (max-width: 48rem) { main.beside { grid-template-columns: minmax(0, 1fr); } main.beside aside { order: -1; } }
html.dark {
  color-scheme: dark;
  --slds-g-color-surface-1: #181818; --slds-g-color-surface-container-1: #242424;
  --slds-g-color-surface-container-3: #5c5c5c;
  --slds-g-color-on-surface-1: #c9c9c9; --slds-g-color-on-surface-2: #e5e5e5;
  --slds-g-color-on-surface-3: #ffffff; --slds-g-color-accent-1: #78b0fd;
  --slds-g-color-accent-2: #57a3fd; --slds-g-color-success-1: #91db8b;
  --slds-g-color-error-1: #feb8ab; --slds-g-color-warning-1: #ffba90;
}
html.dark body { background: #181818; color: #e5e5e5; }
html.dark header, html.dark .fields, html.dark aside, html.dark .slds-card {
  background: #242424; border-color: #5c5c5c; color: #e5e5e5;
}
html.dark h1, html.dark .slds-card__header-link, html.dark .slds-card__header-title { color: #fff; }
html.dark a, html.dark .slds-button { color: #78b0fd; }
`;
