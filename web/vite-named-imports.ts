// Two libraries look something up in the whole of Vue, which a build then has to bring whole: they import it by name.
import type { Plugin } from 'vite'

interface Mend {
  /** How the file's path ends. */
  readonly file: string
  readonly replace: readonly (readonly [found: string | RegExp, by: string])[]
}

const mends: readonly Mend[] = [
  {
    file: '/reka-ui/dist/shared/useId.js',
    replace: [
      ['import * as vue from "vue"', 'import { useId as idOfVue } from "vue"'],
      ['else if ("useId" in vue) id = vue.useId?.();', 'else if (idOfVue) id = idOfVue();'],
    ],
  },
  {
    file: '/vue-i18n/dist/vue-i18n.runtime.mjs',
    replace: [
      ["import * as Vue from 'vue'", "import { getCurrentInstance as instanceOfVue } from 'vue'"],
      [/if \(key in Vue\) \{\s*return Vue\[key\];\s*\}\s*else \{[^}]*\}/, 'return instanceOfVue();'],
    ],
  },
]

/** The module with named imports, or undefined for one that needs none. Throws when the library has changed. */
export function withNamedImports(code: string, id: string): string | undefined {
  const mend = mends.find(({ file }) => id.endsWith(file))
  return mend?.replace.reduce((text, [found, by]) => {
    const mended = text.replace(found, by)
    if (mended === text)
      throw new Error(`${mend.file} no longer says ${String(found)}: web/vite-named-imports.ts`)
    return mended
  }, code)
}

/** Has the libraries name what they take of Vue. */
export const namedImportsPlugin = (): Plugin => ({
  name: 'rollcall:named-imports',
  enforce: 'pre',
  transform(code, id) {
    const mended = withNamedImports(code, id)
    return mended === undefined ? undefined : { code: mended, map: null }
  },
})
