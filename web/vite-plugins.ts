// The build plugins that the console and its tests share.
import { fileURLToPath } from 'node:url'
import text from '@intlify/unplugin-vue-i18n/vite'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import type { PluginOption } from 'vite'
import { helpPlugin } from './help-plugin.ts'
import { theme } from './theme.ts'
import { iconPlugin } from './vite-icons.ts'

const rooms = fileURLToPath(new URL('.', import.meta.url))

/** The library's merge of classes knows all that there could be; ours does for the same classes, and is a tenth of it. */
const ownMerge = (): PluginOption => ({
  name: 'rollcall:classes',
  config: () => ({
    resolve: { alias: [{ find: /^tailwind-variants$/, replacement: `${rooms}ui/class-variants.ts` }] },
  }),
})

/** Vue, the component library without its own shell, and messages compiled ahead of time. */
export function consolePlugins(): PluginOption[] {
  return [
    helpPlugin(),
    vue({ features: { optionsAPI: false } }),
    iconPlugin(theme.icons),
    ownMerge(),
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
