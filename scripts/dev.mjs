// npm run dev: Vite serves the console with hot reload; the server is bundled again and restarted on each change.
import { spawn } from 'child_process'
import path from 'path'
import { bin, command, generate, install, root, runNode, serverBundle } from './prepare.mjs'

const serverArguments = process.argv.slice(2)

/** Holds the running server; `restart` ends the old one first and waits, because it holds the data folder. */
function serverProcess() {
  let child
  let ended = Promise.resolve()
  const stop = () => {
    if (child) child.kill('SIGTERM')
    return ended
  }
  return {
    stop,
    restart: async () => {
      await stop()
      child = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js', ...serverArguments], {
        cwd: root,
        stdio: 'inherit',
      })
      ended = new Promise(resolve => child.once('close', resolve))
    },
  }
}

/** Rebuilds on every change and calls `onBuilt` after each build that succeeded, one after the other. */
function watchServer(watch, onBuilt) {
  const watcher = watch({ ...serverBundle, logLevel: 'warn', watch: { clearScreen: false } })
  let last = Promise.resolve()
  let sound = true
  watcher.on('event', event => {
    if (event.code === 'START') sound = true
    if (event.code === 'ERROR') {
      sound = false
      console.error(event.error.message)
    }
    if (event.code === 'END' && sound) last = last.then(onBuilt)
    if (event.result) event.result.close()
  })
  return watcher
}

command(async () => {
  await install()
  await generate()
  const { watch } = await import('rolldown')
  const server = serverProcess()
  const watcher = watchServer(watch, server.restart)
  const code = await runNode([bin('vite'), '-c', path.join('web', 'vite.config.ts')])
  await watcher.close()
  await server.stop()
  return code
})
