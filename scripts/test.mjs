// npm test: the whole suite on the embedded database. Arguments go to vitest, e.g. npm test -- test/scim.
import { bin, command, generate, install, runNode } from './prepare.mjs'

command(async () => {
  await install()
  await generate()
  return runNode([bin('vitest'), 'run', '-c', 'test/vitest.config.ts', ...process.argv.slice(2)])
})
