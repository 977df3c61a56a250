import { hosts } from '../../providers/payme/contract.js';
import type { StandInFile } from '../descriptor.js';
import { flexStyles } from './styles.js';

/** What Pay-me's asset hosts serve, by URL. Without a built script there is no script. */
export function paymeFiles(script?: () => string | Promise<string>): ReadonlyMap<string, StandInFile> {
  const style: StandInFile = { type: 'text/css', read: () => flexStyles };
  return new Map(
    [hosts.sandbox, hosts.production].flatMap(({ assets }): [string, StandInFile][] => [
      [`${assets}/main-flex-payment-forms.css`, style],
      ...(script ? [[`${assets}/flex-payment-forms.min.js`, { type: 'text/javascript', read: script }] as [string, StandInFile]] : []),
    ]),
  );
}
