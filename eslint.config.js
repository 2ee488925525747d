// @ts-check
/** What lint holds: bugs that syntax shows, mistakes in templates, and the walls of the house. Looks are the formatter's. */

import { defineConfig } from 'eslint/config';
import lit from 'eslint-plugin-lit';
// @ts-expect-error: it brings no types
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';
import { house } from './eslint.walls.js';

/** @type {import('eslint').Linter.RulesRecord} */
const bugs = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'array-callback-return': 'error',
  'for-direction': 'error',
  'no-async-promise-executor': 'error',
  'no-compare-neg-zero': 'error',
  'no-cond-assign': 'error',
  'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
  'no-constructor-return': 'error',
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-dupe-keys': 'error',
  'no-duplicate-case': 'error',
  'no-empty-character-class': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implied-eval': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-new-func': 'error',
  'no-prototype-builtins': 'error',
  'no-script-url': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-unreachable': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-useless-backreference': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
};

/** @type {import('eslint').Linter.RulesRecord} */
const templates = {
  ...litA11y.configs.recommended.rules,
  'lit/ban-attributes': ['error', 'style', 'srcdoc', '.srcdoc', '.innerhtml', '.outerhtml'],
  'lit/attribute-value-entities': 'error',
  'lit/binding-positions': 'error',
  'lit/lifecycle-super': 'error',
  'lit/no-classfield-shadowing': 'error',
  'lit/no-duplicate-template-bindings': 'error',
  'lit/no-invalid-html': 'error',
  'lit/no-legacy-imports': 'error',
  'lit/no-legacy-template-syntax': 'error',
  'lit/no-property-change-update': 'error',
  'lit/no-this-assign-in-render': 'error',
  'lit/prefer-static-styles': 'error',
};

export default defineConfig(
  { ignores: ['dist/', 'test/fixtures/'] },
  tseslint.configs.recommended,
  { rules: bugs },
  // `expect(it).to.be.true` is how chai says it.
  { files: ['test/widget/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
  {
    files: ['widget/**/*.ts', 'demo/**/*.ts'],
    plugins: { lit, 'lit-a11y': litA11y },
    rules: templates,
  },
  ...house,
);
