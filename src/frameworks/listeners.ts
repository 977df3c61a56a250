import type { PayEventMap } from '../state/events.js';

/** `onPaySucceeded`, for `pay-succeeded`. */
export type ListenerName<Name> = Name extends `pay-${infer Rest}` ? `onPay${Capitalize<Rest>}` : never;

/** A listener for each event, named as a component's prop. */
export type Listeners = { [Name in keyof PayEventMap as ListenerName<Name>]?: (event: PayEventMap[Name]) => void };
