// An element that does nothing, which shows the cost of lit alone.
import { html, LitElement } from 'lit';

class EmptyElement extends LitElement {
  protected override render() {
    return html``;
  }
}

customElements.define('empty-element', EmptyElement);
