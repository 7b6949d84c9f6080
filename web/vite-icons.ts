// Each module brings the icons it names, so that a page loads those it can show and no others.
import { join } from 'node:path'
import { icons as lucide } from '@iconify-json/lucide'
import type { Plugin } from 'vite'

const here = import.meta.dirname
const set = join(here, 'ui/icon-set.ts')
const prefix = 'virtual:icon/'

/** The icons a module names itself, and by the library's own words for them. Throws on a word `words` does not know. */
export function iconsIn(code: string, words: Record<string, string>): string[] {
  const own = [...code.matchAll(/i-lucide-([a-z0-9-]+)/g)].map(match => match[1] ?? '')
  const byWord = [...code.matchAll(/\bui\??\.icons\??\.(\w+)/g)].map(([, word = '']) => {
    const name = words[word]
    if (name === undefined) throw new Error(`web/theme.ts tells no icon for the library's "${word}"`)
    return name.replace('i-lucide-', '')
  })
  return [...new Set([...own, ...byWord])].sort()
}

/** The shape of one icon as a module that makes it known. Throws when the set has no such icon. */
function moduleOf(name: string): string {
  const alias = lucide.aliases?.[name]?.parent
  const icon = lucide.icons[alias ?? name]
  if (!icon) throw new Error(`There is no icon "${name}" in the set`)
  return `import { addIcon } from ${JSON.stringify(set)}\naddIcon(${JSON.stringify(name)}, ${JSON.stringify(icon.body)})\n`
}

/** Puts our way of drawing icons in place of the library's, which would ask its maker's server for missing ones. */
export function iconPlugin(words: Record<string, string>): Plugin {
  return {
    name: 'rollcall:icons',
    enforce: 'pre',
    config: () => ({ resolve: { alias: { '@iconify/vue': set } } }),
    resolveId: id => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load: id => (id.startsWith(`\0${prefix}`) ? moduleOf(id.slice(prefix.length + 1)) : undefined),
    transform(code, id) {
      if (!/\.(vue|ts|js)$/.test(id) || !(id.startsWith(here) || id.includes('/@nuxt/ui/'))) return undefined
      const imports = iconsIn(code, words).map(name => `import '${prefix}${name}'`)
      if (imports.length === 0) return undefined
      if (!id.endsWith('.vue')) return { code: `${code}\n${imports.join('\n')}`, map: null }
      const added = code.replace(/<script setup[^>]*>/, script => `${script}\n${imports.join('\n')}`)
      if (added === code) throw new Error(`${id} names icons but has no <script setup>`)
      return { code: added, map: null }
    },
  }
}
