// A part of the page by another developer, with its own copy of lit.
import { html, render } from 'lit';

render(html`<p id="foreign">${['Drawn', 'by', 'lit'].map((word) => html`<b>${word}</b>`)}</p>`, document.body);
