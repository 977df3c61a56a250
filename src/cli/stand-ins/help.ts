export const help = `pay-checkout stand-ins [options]

Serves local imitations of the providers for a backend and a page in any
language. They need no account and no network. Never use them in production.

  --port <number>   default 4010; 0 selects a free port
  --help, --version

/                      the page of payments: sends notifications, settles, refunds
/stand-in/<host>/...   the APIs and files of the providers' hosts
/stand-ins.js          for the page, before the script of <pay-checkout>
/pay-checkout.min.js   the script of <pay-checkout>
/settings              the credentials that the stand-ins accept, as JSON

It listens on 127.0.0.1 only, and forgets everything when it ends.
Exit code: 0 it was ended, 1 it could not start, 2 wrong usage.
`;
