import { attributesOf } from '../attributes.js';
import type { Choices } from '../choices.js';
import { objectIn } from './literal.js';

/** What a component of any framework says of these choices. */
export interface Component {
  /** In the order of the documentation. What `order` is, the component is told by whoever draws it. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly takesOrder: boolean;
  readonly config?: object;
  /** What it tells whoever draws it: without an outcome endpoint nobody knows that it was paid. */
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
