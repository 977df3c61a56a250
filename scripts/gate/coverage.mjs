// Two runners measure coverage: vitest for the files below, @web/test-runner for all other files of src/. Each checks its thresholds.
export const moneyFiles = ['src/server/**/*.ts', 'src/providers/*/server*.ts'];
export const testedOnNode = [
  ...moneyFiles,
  'src/{cli,frameworks}/**/*.ts',
  'src/testing/scripts.ts',
  'src/providers/{chosen,head-tags,security-policy}.ts',
  'src/providers/*/security.ts',
];
