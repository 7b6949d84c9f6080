// The browser journeys: the built server and Debian's Chromium, on a wide screen and on a phone;
// each page is looked at in the light and in the dark.
import { defineConfig } from '@playwright/test'

/** Chromium of the system; Playwright downloads none. The flags keep it from calling anybody. */
const launchOptions = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
}

const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** What is measured in milliseconds. */
const budgets = 'budgets*.spec.ts'

export default defineConfig({
  testDir: 'browser',
  outputDir: '../test-output/playwright',
  globalSetup: './support/demo-server.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
    contextOptions: { reducedMotion: 'reduce' },
    // Tracing doubles the time of a look; `npm run e2e -- --trace retain-on-failure` shows what led to a failure.
    trace: 'off',
  },
  projects: [
    { name: 'desktop', testIgnore: budgets, use: { ...desktop, colorScheme: 'light' } },
    // Journeys of invitations, in German, of states and of widths narrow their pages where that shows something.
    {
      name: 'phone',
      testIgnore: [budgets, '{feed,german,invitations,states,widths}.spec.ts'],
      use: { ...phone, colorScheme: 'light' },
    },
    // One at a time; scripts/e2e.mjs sees to it that nobody else makes them wait.
    { name: 'budgets', workers: 1, testMatch: budgets, use: { ...desktop, colorScheme: 'light' } },
  ],
})
