import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { FOLDERS, PACKAGES } from './folders.mjs';

const elements = [
  ...Object.keys(PACKAGES).map((name) => ({ type: name, pattern: `packages/${name}` })),
  ...Object.keys(FOLDERS).map((name) => ({ type: name, pattern: `src/${name}` })),
];

const allowed = {
  ...PACKAGES,
  ...Object.fromEntries(
    Object.entries(FOLDERS).map(([name, folders]) => [name, [...folders, ...Object.keys(PACKAGES)]]),
  ),
};

/** Whatever starts the application, at the root of `src/`, may import from everywhere; the tests beside the sources too. */
const boundaryRules = {
  files: ['src/**/*.ts', 'packages/*/src/**/*.ts'],
  ignores: ['**/*.spec.ts'],
  plugins: { boundaries },
  settings: {
    'boundaries/elements': elements,
    'import/resolver': { typescript: { project: 'tsconfig.json' } },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        message: '{{from.type}} may not import from {{to.type}}: see folders.mjs',
        policies: Object.entries(allowed).map(([from, to]) => ({
          from: { element: { type: from } },
          allow: { to: { element: { type: [from, ...to] } } },
        })),
      },
    ],
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['**/packages/**', '@microblog/*/**'],
            message: 'Import from the index.ts of the package.',
          },
        ],
      },
    ],
  },
};

const circleRule = {
  files: ['src/**/*.ts', 'packages/*/src/**/*.ts'],
  plugins: { 'import-x': importX },
  settings: {
    'import-x/extensions': ['.ts'],
    'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })],
  },
  rules: { 'import-x/no-cycle': ['error', { ignoreExternal: true }] },
};

export default defineConfig(
  globalIgnores(['**/dist/', 'coverage/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A Nest module is a class with nothing but decorators.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // It asks for `!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Nest and winston take plain objects for their options.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true },
      ],
    },
  },
  {
    files: ['*.js', 'bench/**/*.js', 'test/support/*.{js,cjs}', 'packages/*/test/*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.commonjs } },
  },
  {
    files: ['public/**/*.{js,mjs}', 'packages/debugger/views/*.js'],
    languageOptions: { globals: globals.browser },
  },
  boundaryRules,
  circleRule,
);
