import boundaries from 'eslint-plugin-boundaries';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { files, policies } from './scripts/lint/boundaries.mjs';
import { globals } from './scripts/lint/globals.mjs';

const onlyAndSkip = [
  'MemberExpression[property.name=/^(only|skip|todo|skipIf|runIf|fails)$/][object.name=/^(it|test|describe|suite|context|specify)$/]',
  'CallExpression[callee.name=/^(xit|xdescribe|xcontext|xspecify|fit|fdescribe)$/]',
];

export default defineConfig(
  { ignores: ['dist', 'dist-playground', 'coverage', 'scripts/package'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['*.js', '*.mjs', 'scripts/**/*.mjs'],
    languageOptions: {
      globals: {
        console: false,
        setInterval: false,
        process: false,
        performance: false,
        URL: false,
        Buffer: false,
        setTimeout: false,
        clearTimeout: false,
        fetch: false,
      },
    },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Our interfaces declare methods, but plain objects implement them, so a method can be used unbound.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice']],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: true },
      'boundaries/files': files,
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        { default: 'allow', checkAllOrigins: true, checkUnknownLocals: true, checkInternals: true, policies },
      ],
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', { max: 25, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  ...globals,
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...onlyAndSkip.map((selector) => ({ selector, message: 'Every test runs, always.' })),
        {
          selector: "CallExpression[callee.name='expect'][arguments.0.name='window']",
          message: 'Its failure writes out the whole window, for minutes.',
        },
      ],
      // chai's `expect(x).to.be.true`
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
