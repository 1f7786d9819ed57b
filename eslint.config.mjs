import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { FOLDERS } from './folders.mjs';

/** Whatever starts the application, at the root of `src/`, may import from everywhere; the tests beside the sources too. */
const boundaryRules = {
  files: ['src/**/*.ts'],
  ignores: ['**/*.spec.ts'],
  plugins: { boundaries },
  settings: {
    'boundaries/elements': Object.keys(FOLDERS).map((folder) => ({ type: folder, pattern: `src/${folder}` })),
    'import/resolver': { node: { extensions: ['.ts'] } },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        message: 'src/{{from.type}}/ may not import from src/{{to.type}}/: see folders.mjs',
        policies: Object.entries(FOLDERS).map(([from, to]) => ({
          from: { element: { type: from } },
          allow: { to: { element: { type: [from, ...to] } } },
        })),
      },
    ],
  },
};

const circleRule = {
  files: ['src/**/*.ts'],
  plugins: { 'import-x': importX },
  settings: {
    'import-x/extensions': ['.ts'],
    'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts'] })],
  },
  rules: { 'import-x/no-cycle': ['error', { ignoreExternal: true }] },
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/']),
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
    files: ['*.js', 'bench/**/*.js', 'test/support/*.{js,cjs}'],
    languageOptions: { globals: { ...globals.node, ...globals.commonjs } },
  },
  {
    files: ['public/**/*.{js,mjs}', 'views/debugger/*.js'],
    languageOptions: { globals: globals.browser },
  },
  boundaryRules,
  circleRule,
);
