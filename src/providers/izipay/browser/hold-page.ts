import { isRendered } from '../../../page/visibility.js';
import { onAbort } from '../../../shared/signals.js';
import { CheckoutError } from '../../../state/errors.js';
import type { MountContext } from '../../provider.js';

type Holder = Pick<MountContext, 'container' | 'onRemoved' | 'signal' | 'touched'>;

/** The form that holds the page. Two instances would share one frame and its results (*measured in the September 2025 build*). */
let holder: Holder | undefined;

/**
 * Holds the page until the signal aborts. An untouched form that is hidden releases it, as in one of two layouts for different widths.
 *
 * @throws {CheckoutError} `config` / `already-open`
 */
export function holdPage(form: Holder): void {
  if (holder && !isRendered(holder.container) && !holder.touched.aborted) holder.onRemoved();
  if (holder) {
    const message = 'Izipay draws one form per page, and another element has it open: remove that element, or wait until it ends.';
    throw new CheckoutError('config', 'already-open', message);
  }
  holder = form;
  onAbort(form.signal, () => (holder = undefined));
}
