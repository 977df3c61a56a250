/** What our own token endpoint gets wrong: an HTTP status, a page of HTML, an answer that is late or never comes, tokens that are dead or die soon. */
export type EndpointFault = number | 'html' | 'late' | 'hang' | 'stale' | 'short';

export interface Fault<Api extends object = object, Library extends object = object> {
  readonly label: string;
  /** What comes of it. */
  readonly ends: string;
  readonly token?: EndpointFault;
  /** HTTP status instead of the provider's script. */
  readonly script?: number;
  /** What the stand-in's API gets wrong. */
  readonly api?: Api;
  /** What the stand-in's library gets wrong. */
  readonly library?: Library;
}

export type Faults<Api extends object = object, Library extends object = object> = Readonly<Record<string, Fault<Api, Library>>>;
