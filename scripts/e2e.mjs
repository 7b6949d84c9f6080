// npm run e2e: builds, then walks the browser journeys, budgets first and alone. Arguments go to Playwright.
import { bin, build, command, generate, install, runNode } from './prepare.mjs'

command(async () => {
  await install()
  await generate()
  await build()
  const playwright = bin('playwright', '@playwright/test')
  const words = process.argv.slice(2)
  const walk = (...more) =>
    runNode([playwright, 'test', '-c', 'test/playwright.config.ts', ...words, ...more])
  // Whoever names some walks them at once.
  if (words.some(word => !word.startsWith('--reporter'))) return walk()
  const budgets = await walk('--project=budgets')
  return (await walk('--project=desktop', '--project=phone')) || budgets
})
