/** The frame of the pages, light and dark, wide and on a phone. */
export const PAGE_STYLE = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: #f5f8fa; color: #33475b; }
header { padding: 1rem; background: #fff; border-bottom: 1px solid #cbd6e2; }
header p, h1, h2 { margin: 0; }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin-bottom: 0.5rem; }
main { display: grid; gap: 1rem; padding: 1rem; align-items: start;
  grid-template-columns: minmax(0, 1fr) 22rem; }
section { padding: 1rem; margin-bottom: 1rem; background: #fff; border-radius: 0.25rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  gap: 0.5rem 2rem; margin: 0; }
dt { font-size: 0.75rem; color: #516f90; }
dd, li, aside p { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
ul { margin: 0; padding-inline-start: 1.25rem; }
a { color: #0062c4; }
@media (max-width: 48rem) { main { grid-template-columns: minmax(0, 1fr); } }
html.dark { color-scheme: dark; }
html.dark body { background: #141a20; color: #e5eaf0; }
html.dark header, html.dark section { background: #1f272f; border-color: #4a5a6a; }
html.dark dt { color: #a9bacb; }
html.dark a { color: #78b0fd; }
`;
