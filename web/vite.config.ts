// How the console is built: into dist/web, without inline scripts or styles, icons and text compiled in.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { consolePlugins } from './vite-plugins.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  plugins: consolePlugins(),
  build: {
    target: 'es2022',
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // A data: font or picture would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true }, '/exports': 'http://127.0.0.1:4000' },
  },
})
