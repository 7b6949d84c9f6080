// The libraries that would bring the whole of Vue name what they take of it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { withNamedImports } from '#web/vite-named-imports.ts'

const { resolve } = createRequire(import.meta.url)

test.each([
  ['reka-ui', 'reka-ui/dist/shared/useId.js'],
  ['vue-i18n', 'vue-i18n/dist/vue-i18n.runtime.mjs'],
])('%s takes Vue by name', (name, file) => {
  const path = resolve(name).replace(new RegExp(`/${name}/.*`), `/${file}`)
  const mended = withNamedImports(readFileSync(path, 'utf8'), path) ?? ''
  expect(mended).toMatch(/OfVue\b/)
  expect(mended).not.toMatch(/\* as vue/i)
  expect(mended).not.toMatch(/\bvue(\.[a-z]+[?(]|\[)|in vue\b/i)
})

test('other modules stay as they are', () => {
  const path = resolve('vue')
  expect(withNamedImports(readFileSync(path, 'utf8'), path)).toBeUndefined()
})

test('a library that says it differently stops the build', () => {
  expect(() => withNamedImports('export {}', '/node_modules/reka-ui/dist/shared/useId.js')).toThrow(
    'reka-ui/dist/shared/useId.js no longer says',
  )
})
