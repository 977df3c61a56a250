export const help = `pay-checkout check <token endpoint> [options]

Asks a merchant's token endpoint as <pay-checkout> does, and says line by line
what is right and wrong. It prints no token, no config and no body.

  --provider <name>      payme, izipay, payroc; else whichever the endpoint serves
  --environment <name>   sandbox, production, test; else whichever the endpoint serves
  --order <reference>    an order that may be paid: the element's attribute
  --origin <origin>      where the page is, if elsewhere: its CORS is checked
  --credentials <mode>   same-origin (as the element's default), include or omit
  --header <header>      added to every request, as 'Cookie: session=…'; may be repeated
  --config <JSON>        what the page's own config attribute says
  --outcome <URL>        the outcome endpoint, which is asked about a made-up payment
  --json                 one JSON document instead of lines
  --help, --version

It makes about eight requests, some of which are answered with a token that nobody uses.
Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage.
`;
