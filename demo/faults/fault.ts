/**
 * A fault of our own token endpoint: an HTTP status, an HTML page, a late or missing response, or tokens that are dead or expire
 * soon.
 */
export type EndpointFault = number | 'html' | 'late' | 'hang' | 'stale' | 'short';

export interface Fault<Api extends object = object, Library extends object = object> {
  readonly label: string;
  /** The result of the fault. */
  readonly ends: string;
  readonly token?: EndpointFault;
  /** The HTTP status that replaces the provider's script. */
  readonly script?: number;
  /** The faults of the stand-in's API. */
  readonly api?: Api;
  /** The faults of the stand-in's library. */
  readonly library?: Library;
}

export type Faults<Api extends object = object, Library extends object = object> = Readonly<Record<string, Fault<Api, Library>>>;
