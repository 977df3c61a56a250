import { builtInNames } from '../../providers/built-in.js';

export const help = `pay-checkout notify <provider> [<payment id>] [options]

Makes the running \`pay-checkout stand-ins\` send the provider's signed
notification about a payment to your backend. <payment id> is \`payment.id\`;
without it, the newest payment of the provider is used.

  <provider>           ${builtInNames.join(', ')}
  --to <URL>           your endpoint, on this machine; default: the address in the
                       payment's token, if it is on this machine, or else
                       http://127.0.0.1:8080/api/pay/notifications/<provider>
  --stand-ins <URL>    default http://127.0.0.1:4010
  --help, --version

Exit code: 0 your endpoint answered 2xx, 1 it did not, or nothing was sent,
2 wrong usage.
`;
