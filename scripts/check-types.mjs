// npm run types: checks the types of server, test and web, and reports all three before it fails.
import fs from 'fs'
import path from 'path'
import { bin, command, generate, install, root, runNode } from './prepare.mjs'

const projects = [
  ['server/tsconfig.json', 'tsc', 'typescript'],
  ['test/tsconfig.json', 'tsc', 'typescript'],
  ['web/tsconfig.json', 'vue-tsc', 'vue-tsc'],
]

command(async () => {
  await install()
  await generate()
  let worst = 0
  for (const [project, compiler, packageName] of projects) {
    if (!fs.existsSync(path.join(root, project))) continue
    const code = await runNode([bin(compiler, packageName), '--noEmit', '-p', project])
    console.log(`${project}: ${code === 0 ? 'types agree' : 'types disagree'}`)
    worst = Math.max(worst, code)
  }
  return worst
})
