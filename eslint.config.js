import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const sizes = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
  'max-depth': ['error', 3],
  complexity: ['error', 10],
}

const house = {
  'no-warning-comments': 'error',
  'no-console': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
}

/** Which program knows the types of these files: looking through all three would build the other two in vain. */
const typed = (project, files) => ({
  files,
  languageOptions: { parserOptions: { project, extraFileExtensions: ['.vue'] } },
})

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'data/',
      'prisma/generated/',
      'web/graphql/generated/',
      'test-output/',
      'node_modules/',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [tseslint.configs.strictTypeChecked],
    rules: house,
  },
  typed('./server/tsconfig.json', ['server/**/*.ts', 'prisma/**/*.ts', 'scripts/**/*.ts']),
  typed('./test/tsconfig.json', ['test/**/*.ts']),
  typed('./web/tsconfig.json', ['web/**/*.ts', 'web/**/*.vue', 'test/web/**/*.ts']),
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/max-lines-per-block': ['error', { script: 120, template: 120, style: 80, skipBlankLines: true }],
      'vue/max-props': ['error', { maxProps: 6 }],
      'vue/max-template-depth': ['error', { maxDepth: 8 }],
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-spacing': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'no-undef': 'off',
    },
  },
  { files: ['server/**/*.ts', 'web/**/*.ts', 'web/**/*.vue'], rules: sizes },
  {
    // Resolvers have the four parameters of their library, and a type is a table of fields, not a function.
    files: ['server/graphql/types/**/*.ts'],
    rules: { 'max-params': ['error', 4], 'max-lines-per-function': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.config.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'readonly' },
    },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['scripts/**/*.ts', 'server/cli/**/*.ts', 'server/simulator/main.ts', 'test/bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
)
