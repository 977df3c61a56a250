import { attributesOf } from '../attributes.js';
import type { Choices } from '../choices.js';
import { objectIn } from './literal.js';

/** The parts of a component that are the same in every framework. */
export interface Component {
  /** In the order of the documentation. The parent component passes the value of `order`. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly takesOrder: boolean;
  readonly config?: object;
  /** The event for the parent component. Without an outcome endpoint, the payment is not confirmed, so it is not `paid`. */
  readonly done: 'paid' | 'received';
}

export function componentOf(choices: Choices): Component {
  const { config = '', ...rest } = attributesOf(choices);
  return {
    attributes: Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    takesOrder: rest.order !== undefined,
    config: objectIn(config),
    done: choices.outcome === 'on' ? 'paid' : 'received',
  };
}
