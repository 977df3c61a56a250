/** The style sheet of the page of payments, from 320 pixels, light and dark. */
export const pageStyles = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1d2128);
  --ink: light-dark(#1a1f27, #e7eaf0);
  --quiet: light-dark(#556070, #a3adbb);
  --line: light-dark(#d9dee6, #343b46);
  --edge: light-dark(#7c8798, #76818f);
  --accent: light-dark(#0b57d0, #a8c7fa);
  --on-accent: light-dark(#ffffff, #0a2a5e);
  font: 1rem/1.5 system-ui, sans-serif;
  background: var(--paper);
  color: var(--ink);
}
* { box-sizing: border-box; }
body { margin: 0; }
h1, h2, p, dl, dd, ol, pre { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.125rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.top {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0.25rem 1.5rem;
  padding: 0.75rem clamp(1rem, 4vw, 3rem);
  border-block-end: 1px solid var(--line);
  background: var(--card);
}
.top nav { display: flex; gap: 1.25rem; }
main {
  display: grid;
  gap: 1rem;
  max-inline-size: 60rem;
  margin-inline: auto;
  padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem;
}
.lead, .advice, .controls p, dt { color: var(--quiet); }
.payments { display: grid; gap: 1rem; padding: 0; list-style: none; }
.payments > li { min-inline-size: 0; }
article, .empty {
  display: grid;
  gap: 1rem;
  padding: 1.25rem;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
}
article > header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.5rem 1rem;
}
.badge {
  padding: 0.1rem 0.7rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  font-size: 0.875rem;
  font-weight: 600;
}
dl {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
  gap: 0.75rem 1.25rem;
}
dt { font-size: 0.8125rem; }
dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem; }
.controls p { flex-basis: 100%; font-size: 0.875rem; }
label { display: grid; flex: 1 1 18rem; gap: 0.25rem; min-inline-size: 0; font-size: 0.875rem; }
input, button {
  min-block-size: 2.75rem;
  min-inline-size: 0;
  padding: 0.4rem 0.9rem;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--paper);
  color: inherit;
  font: inherit;
}
input { inline-size: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.notice {
  padding: 0.75rem 1rem;
  border-inline-start: 4px solid light-dark(#1f7a4d, #6fd3a2);
  border-radius: 6px;
  background: light-dark(#e8f5ee, #1a2f26);
  overflow-wrap: anywhere;
  scroll-margin-block: 5rem;
}
.notice.error { border-color: light-dark(#b3261e, #f2857c); background: light-dark(#fceeed, #3a1f1d); }
.empty ol { display: grid; gap: 0.75rem; min-inline-size: 0; padding-inline-start: 1.25rem; }
.empty li { min-inline-size: 0; }
pre {
  overflow-x: auto;
  margin-block-start: 0.5rem;
  padding: 0.75rem 1rem;
  border-radius: 8px;
  background: var(--paper);
  font-size: 0.875rem;
}
`;
