// What lit costs alone.
import { html, LitElement } from 'lit';

class EmptyElement extends LitElement {
  protected override render() {
    return html``;
  }
}

customElements.define('empty-element', EmptyElement);
