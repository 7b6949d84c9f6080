// npm start: from a fresh clone to a running server. Arguments go to the server, e.g. npm start -- --demo.
import { build, command, generate, install, runNode, serverFlags } from './prepare.mjs'

command(async () => {
  await install()
  await generate()
  await build()
  return runNode([...serverFlags, 'dist/server/main.js', ...process.argv.slice(2)])
})
