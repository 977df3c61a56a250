import { builtInNames } from '../../providers/built-in.js';

export const help = `pay-checkout check <token endpoint> [options]

Sends a merchant's token endpoint the requests of <pay-checkout>, and reports
line by line what is right and wrong. It prints no token, no config and no body.

  --provider <name>      ${builtInNames.join(', ')}; default: one that the endpoint serves
  --fallback <names>     the page's other providers, as in the element's attribute
  --environment <name>   sandbox, production, test; default: one that the endpoint serves
  --order <reference>    an order that can be paid, as in the element's attribute
  --origin <origin>      the page's origin, if it is another one: CORS is checked
  --credentials <mode>   same-origin (the element's default), include or omit
  --header <header>      added to every request, as 'Cookie: session=…'; repeatable
  --config <JSON>        the value of the element's config attribute
  --outcome <URL>        the outcome endpoint, which is sent a made-up payment
  --json                 prints one JSON document instead of lines
  --help, --version

Behind \`pay-checkout serve\`, it also sends the shop's backend the calls of serve,
and forged ones, which the shop must refuse:

  --backend <URL>          the shop's address for the order call; the calls are signed
                           with PAY_BACKEND_SECRET, or the file PAY_BACKEND_SECRET_FILE
  --outcome-backend <URL>  the shop's address for the outcome call; none is signed

It sends about eight requests, and about ten more to the shop. Some of them create
a token that is never used.
Exit code: 0 nothing is wrong, 1 something is wrong, 2 wrong usage.
`;
