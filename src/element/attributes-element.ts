import { LitElement, type ComplexAttributeConverter, type PropertyDeclarations } from 'lit';
import { parseJson } from '../shared/json.js';
import { chooseLocale, findLang, selectTexts, type Messages } from '../messages/locales.js';
import type { Texts } from '../messages/texts.js';
import type { ProviderName } from '../providers/built-in.js';
import type { Environment } from '../shared/environment.js';
import type { RequestToken } from '../endpoint/request-token.js';

/** JSON that cannot be read is kept as it stands, so that the error can say so. */
const json: ComplexAttributeConverter<unknown> = {
  fromAttribute(value) {
    try {
      return value ? parseJson(value) : undefined;
    } catch {
      return value;
    }
  },
};

/** What a page says to the element: its attributes, and the properties that have none. */
export abstract class AttributesElement extends LitElement {
  static override properties: PropertyDeclarations = {
    provider: {},
    tokenEndpoint: { attribute: 'token-endpoint' },
    outcomeEndpoint: { attribute: 'outcome-endpoint' },
    environment: {},
    order: {},
    config: { converter: json },
    locale: {},
    loading: {},
    credentials: {},
    requestToken: { attribute: false },
    messages: { attribute: false },
  };

  /** The language that the page gives. */
  #around?: string;

  /** Required. The name of a built-in provider, or one that was given to `register()`. */
  provider?: ProviderName;
  /** Required. The merchant's URL that is asked for a token; https, or http on a loopback host. */
  tokenEndpoint?: string;
  /** The merchant's URL that confirms what the provider reported. Without it nobody does, and the texts never say _paid_. */
  outcomeEndpoint?: string;
  /** Which of the provider's environments; `test` is Izipay's alone. */
  environment: Environment = 'production';
  /** The merchant's own reference to what is being paid; sent to both endpoints. */
  order?: string;
  /** Display options for the provider; JSON in the attribute. What the token endpoint sends wins, key by key. */
  config?: Record<string, unknown>;
  /** BCP 47, with or without a region. Without it the nearest `lang`, then the browser's language, then Spanish. */
  locale?: 'es' | 'en' | 'pt' | (string & {});
  /** When it begins: at once (`eager`), near the viewport (`lazy`), or on `load()` or the built-in button (`manual`). */
  loading: 'eager' | 'lazy' | 'manual' = 'eager';
  /** Of the requests to both endpoints, as in `fetch`. */
  credentials: RequestCredentials = 'same-origin';
  /** Replaces `fetch(request)` for the token: to add a CSRF header, or to call something else. Setting it never restarts. */
  requestToken?: RequestToken;
  /** Texts to replace, by key. */
  messages?: Messages;

  /** `undefined` or `null` means the default. */
  protected applyDefaults(): void {
    this.environment ??= 'production';
    this.loading ??= 'eager';
    this.credentials ??= 'same-origin';
  }

  override connectedCallback(): void {
    this.#around = findLang(this);
    super.connectedCallback();
  }

  /** BCP 47; one that there are texts for. */
  protected get language(): string {
    return chooseLocale([this.locale, this.#around]);
  }

  protected get texts(): Texts {
    return selectTexts(this.language, this.messages ?? {});
  }
}

/** What a page may set, as the frameworks' types name it. `undefined` means the default. */
export type PayCheckoutProperties = Partial<Omit<AttributesElement, keyof LitElement>>;
