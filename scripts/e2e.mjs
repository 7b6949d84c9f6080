// npm run e2e: builds, then walks the browser journeys. Arguments go to Playwright.
import { bin, build, command, generate, install, runNode } from './prepare.mjs'

command(async () => {
  await install()
  await generate()
  await build()
  const playwright = bin('playwright', '@playwright/test')
  return runNode([playwright, 'test', '-c', 'test/playwright.config.ts', ...process.argv.slice(2)])
})
