import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The rooms of the house, from the ground up: each may import from those before it, never from those after it. */
const ROOMS = [
  'files',
  'config',
  'templates',
  'database',
  'mail',
  'logging',
  'rendering',
  'submissions',
  'forms',
  'users',
  'auth',
  'posts',
  'profile',
  'errors',
  'debugger',
  'health',
];

const importRule = ROOMS.map((room, index) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${[...ROOMS.slice(index + 1), 'app\\.module', 'app\\.setup', 'main'].join('|')})(/|$)`,
            message: `src/${room}/ may import only from: ${ROOMS.slice(0, index).join(', ') || 'nothing'}.`,
          },
        ],
      },
    ],
  },
}));

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
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['public/**/*.{js,mjs}', 'views/debugger/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        AbortController: 'readonly',
        navigator: 'readonly',
        sessionStorage: 'readonly',
        location: 'readonly',
        addEventListener: 'readonly',
        EventSource: 'readonly',
        HTMLSelectElement: 'readonly',
        URL: 'readonly',
      },
    },
  },
  ...importRule,
);
