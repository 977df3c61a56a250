// Two runners measure coverage: vitest for the files below, @web/test-runner for all other files of src/. Each checks its thresholds.
export const moneyFiles = ['src/server/**/*.ts', 'src/providers/*/server/**/*.ts'];
export const testedOnNode = [
  ...moneyFiles,
  'src/{cli,frameworks,head,serve}/**/*.ts',
  'src/{cli,jsx,react,server,testing-scripts,vue}.ts',
  'src/testing/scripts.ts',
  // What a merchant's back office and Lyra's server do. Nothing of it runs in a page.
  'src/testing/micuentaweb/{back-office,list-payments,notification,pay,refund-transaction,transactions}.ts',
  'src/providers/{built-in,form-fields,select-provider}.ts',
  'src/providers/*/{currencies,form-fields,security}.ts',
];
