// How the console is built: into dist/web, without inline scripts or styles, icons and text compiled in.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { gzipPlugin } from './vite-gzip.ts'
import { consolePlugins } from './vite-plugins.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  plugins: [consolePlugins(), gzipPlugin()],
  build: {
    target: 'es2022',
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // A data: font or picture would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { console: here('index.html'), door: here('door.ts') },
      output: {
        // The server names it in pages of its own, without knowing the build.
        entryFileNames: ({ name }) => (name === 'door' ? 'door.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            // What nearly every page needs packs better in one file, and asks less often.
            { name: 'shared', minShareCount: 17 },
            // Icons that several pages show come together: each by itself would cost more than it saves.
            { name: 'icons', test: /virtual:icon/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true }, '/exports': 'http://127.0.0.1:4000' },
  },
})
