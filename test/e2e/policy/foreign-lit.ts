// A part of the page that somebody else built, with a copy of lit of its own.
import { html, render } from 'lit';

render(html`<p id="foreign">${['Drawn', 'by', 'lit'].map((word) => html`<b>${word}</b>`)}</p>`, document.body);
