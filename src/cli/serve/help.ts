export const help = `pay-checkout serve [options]

Serves the token, outcome, notification and return endpoints beside a shop in any
language. The shop's own backend answers two signed calls, for the order and for
the outcome. docs/serve.md lists the settings, which come from the environment.

  --config <file>        a JSON file with settings that are not secret
  --check                validates the settings, and ends
  --help, --version

To try it without an account, start \`pay-checkout stand-ins\` and set
PAY_STAND_INS=http://127.0.0.1:4010.
Exit code: 0 it ended cleanly, 1 it cannot start, 2 wrong usage.
`;
