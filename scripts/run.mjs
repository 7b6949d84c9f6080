// Runs a TypeScript file: node scripts/run.mjs <file> [arguments]. Node 20 cannot read types by itself.
import { spawn } from 'child_process'

const loader = import.meta.resolve('tsx')
const child = spawn(process.execPath, ['--import', loader, ...process.argv.slice(2)], { stdio: 'inherit' })
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) {
  process.on(signal, () => {
    // Ctrl-C reaches the child by itself: both sit in the terminal's foreground group.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}
child.on('close', (code, signal) => {
  for (const name of signals) process.removeAllListeners(name)
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = code
})
