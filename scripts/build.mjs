// npm run build: makes dist/ without starting anything.
import { build, command, generate, install } from './prepare.mjs'

command(async () => {
  await install()
  await generate()
  await build()
})
