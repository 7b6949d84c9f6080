// The build plugins that the console and its tests share.
import { fileURLToPath } from 'node:url'
import text from '@intlify/unplugin-vue-i18n/vite'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import type { PluginOption } from 'vite'
import { helpPlugin } from './help-plugin.ts'
import { theme } from './theme.ts'
import { iconPlugin } from './vite-icons.ts'
import { namedImportsPlugin } from './vite-named-imports.ts'

const rooms = fileURLToPath(new URL('.', import.meta.url))

/**
 * What the library brings and we need little of, by name: hooks are for its plugins, of which we have none; values that
 * it compares are plain texts and numbers; no link of ours looks at a part of the query.
 */
const small: Record<string, string> = {
  hookable: 'export const createHooks = () => ({ hook: () => () => undefined })',
  'ohash/utils': `
    export const isEqual = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other)
    export const diff = () => []`,
}
const ours = '\0rollcall:small/'

/** Ours in place of what the library brings; its merge of classes, too, knows all that there could be. */
const ownParts = (): PluginOption => ({
  name: 'rollcall:parts',
  enforce: 'pre',
  config: () => ({
    resolve: { alias: [{ find: /^tailwind-variants$/, replacement: `${rooms}ui/class-variants.ts` }] },
  }),
  resolveId: (id, from) => (id in small && from?.includes('/@nuxt/ui/') ? ours + id : undefined),
  load: id => (id.startsWith(ours) ? small[id.slice(ours.length)] : undefined),
})

/** Vue, the component library without its own shell, and messages compiled ahead of time. */
export function consolePlugins(): PluginOption[] {
  return [
    helpPlugin(),
    vue({ features: { optionsAPI: false } }),
    iconPlugin(theme.icons),
    ownParts(),
    namedImportsPlugin(),
    ui({
      autoImport: false,
      components: false,
      // Its theme switch and colour plugin write style blocks, which the content security policy forbids.
      colorMode: false,
      dts: false,
      ui: theme,
      icon: { clientBundle: false },
      experimental: { componentDetection: true },
    }),
    text({
      include: [`${rooms}features/*/text/*.json`, `${rooms}ui/text/*.json`, `${rooms}text/*.json`],
      runtimeOnly: true,
      dropMessageCompiler: true,
      compositionOnly: true,
      fullInstall: false,
    }),
  ]
}
