import { LitElement, type ComplexAttributeConverter, type PropertyDeclarations, type PropertyValues } from 'lit';
import { withHtmlTemplates } from './with-html-templates.js';
import type { PageOptions } from '../checkout/attempt.js';
import { parseJson } from '../shared/json.js';
import { chooseLocale, findLang, selectTexts, type Messages } from '../messages/locales.js';
import type { Texts } from '../messages/texts.js';
import type { ProviderName } from '../providers/built-in.js';
import type { Environment } from '../shared/environment.js';
import type { RequestFunction } from '../endpoint/send-request.js';
import type { Status } from '../state/state.js';

/** Keeps invalid JSON as text, so that the error can report it. */
const jsonConverter: ComplexAttributeConverter<unknown> = {
  fromAttribute(value) {
    try {
      return value ? parseJson(value) : undefined;
    } catch {
      return value;
    }
  },
};

/** The attributes and properties that a page sets. */
export abstract class AttributesElement extends LitElement {
  static override properties: PropertyDeclarations = {
    provider: {},
    fallback: {},
    tokenEndpoint: { attribute: 'token-endpoint' },
    outcomeEndpoint: { attribute: 'outcome-endpoint' },
    environment: {},
    order: {},
    config: { converter: jsonConverter },
    locale: {},
    loading: {},
    credentials: {},
    requestToken: { attribute: false },
    requestOutcome: { attribute: false },
    messages: { attribute: false },
  };

  /** The language of the page around the element. */
  #pageLang?: string;

  /** Required. The name of a built-in provider, or a name that the page registered by `register()`. */
  provider?: ProviderName;
  /** The names of the providers that follow, in order, if the one before cannot open its form. Separated by spaces. */
  fallback?: string;
  /** Required. The merchant's URL that issues tokens. It is https, or http on a loopback host. */
  tokenEndpoint?: string;
  /** The merchant's URL that confirms payments. Without it, no backend does, and the texts never say _paid_. */
  outcomeEndpoint?: string;
  /** The provider's environment. Only Izipay has `test`. */
  environment: Environment = 'production';
  /** The merchant's own reference to the purchase. Both endpoints receive it. */
  order?: string;
  /** Display options for the provider, as JSON in the attribute. Keys that the token endpoint sends replace them. */
  config?: Record<string, unknown>;
  /** BCP 47, with or without a region. The default is the nearest `lang`, then the browser's language, then Spanish. */
  locale?: 'es' | 'en' | 'pt' | (string & {});
  /** When the checkout starts: at once (`eager`), near the viewport (`lazy`), or on `load()` or the built-in button (`manual`). */
  loading: 'eager' | 'lazy' | 'manual' = 'eager';
  /** The credentials mode of the requests to both endpoints, as in `fetch`. */
  credentials: RequestCredentials = 'same-origin';
  /** Replaces `fetch(request)` for the token, for example to add a CSRF header. Setting it never restarts the checkout. */
  requestToken?: RequestFunction;
  /** Replaces `fetch(request)` for the outcome. Setting it never restarts the checkout. */
  requestOutcome?: RequestFunction;
  /** Texts that replace the built-in ones, by key. */
  messages?: Messages;

  /** The name of the state. */
  abstract readonly status: Status;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'status'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    // DOM morphing removes attributes that the server did not write.
    if (name === 'status') this.requestUpdate();
  }

  /** Writes the attribute `status`. */
  protected reflectStatus(): void {
    if (this.getAttribute('status') !== this.status) this.setAttribute('status', this.status);
  }

  protected override updated(): void {
    this.reflectStatus();
  }

  /** Replaces `undefined` and `null` by the default. */
  protected applyDefaults(): void {
    this.environment ??= 'production';
    this.loading ??= 'eager';
    this.credentials ??= 'same-origin';
  }

  /** Chromium's parser of XML does not report the attributes of a new element (Chromium 156). */
  #readAttributes(): void {
    for (const { name, value } of this.attributes) this.attributeChangedCallback(name, null, value);
  }

  protected override update(changes: PropertyValues): void {
    withHtmlTemplates(() => super.update(changes));
  }

  override connectedCallback(): void {
    if (this.provider === undefined && this.hasAttribute('provider')) this.#readAttributes();
    this.#pageLang = findLang(this);
    super.connectedCallback();
  }

  /** What an attempt reads when it starts. */
  protected get pageOptions(): PageOptions {
    const { texts, loading, requestToken, requestOutcome } = this;
    const locale = chooseLocale([this.locale, this.#pageLang]);
    return { host: this, locale, frameTitle: texts.frame, isManual: loading === 'manual', requestToken, requestOutcome };
  }

  protected get texts(): Texts {
    return selectTexts(chooseLocale([this.locale, this.#pageLang]), this.messages ?? {});
  }
}

/** The properties that a page may set, for the types of frameworks. `undefined` means the default. */
export type PayCheckoutProperties = Partial<Omit<AttributesElement, keyof LitElement | 'status'>> &
  Required<Pick<AttributesElement, 'provider' | 'tokenEndpoint'>>;
