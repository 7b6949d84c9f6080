// The live feed through bad times in a real browser: the network goes, the lid is closed, the feed is paused. Every
// line must be there once and in its place.
import type { Page } from '@playwright/test'
import { browserPlace } from '#test/support/browser-place.ts'
import { freePort, startServer, type ServerProcess } from '#test/support/server-process.ts'
import { tcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts'
import { goTo, owner, setUp } from './console.ts'
import { identityProvider, type Provider } from './identity-provider.ts'
import { expect, test as sealedTest } from './sealed-test.ts'

interface Fixtures {
  /** A server without data that the browser reaches only through a network that can be broken. */
  readonly away: { readonly server: ServerProcess; readonly network: TcpProxy }
}

const test = sealedTest.extend<Fixtures>({
  away: async ({ page }, use) => {
    const place = await browserPlace('desktop')
    const port = await freePort()
    const network = await tcpProxy('127.0.0.1', port)
    const env = { ...place.env, PORT: String(port), PUBLIC_URL: `http://localhost:${network.port}` }
    const server = await startServer({ env })
    await use({ server, network })
    await page.goto('about:blank')
    await network.close()
    await server.stop('SIGKILL')
    await place.remove()
  },
})

/** High enough for every line of a step to be drawn. */
const tall = { width: 1440, height: 3200 }

const ask = `mutation { enforceProvisioning(input: { enforced: true }) { __typename }
  issueScimToken(input: { name: "Okta", expiresIn: DAYS_90 }) { ... on IssueScimTokenPayload { secret } } }`

/** An identity provider for the organization of the person who is signed in; it does not pass the network. */
async function connect(page: Page, server: ServerProcess): Promise<Provider> {
  const { secret, base } = await page.evaluate(async query => {
    const call = async (text: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', 'x-rollcall': '1' }
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: text }),
      })
      return ((await answer.json()) as { data: unknown }).data
    }
    const made = (await call(query)) as { issueScimToken: { secret: string } }
    const known = (await call('{ organization { provisioning { baseUrl } } }')) as {
      organization: { provisioning: { baseUrl: string } }
    }
    return { secret: made.issueScimToken.secret, base: known.organization.provisioning.baseUrl }
  }, ask)
  return identityProvider(`http://127.0.0.1:${server.port}${new URL(base).pathname}`, secret)
}

/** What the browser tells the page when there is a network again. */
const tellOnline = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')))

/** Stops the processes that draw pages; the answer lets them go on. */
async function putToSleep(page: Page): Promise<() => void> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  expect(renderers.length).toBeGreaterThan(0)
  for (const { id } of renderers) process.kill(id, 'SIGSTOP')
  return () => {
    for (const { id } of renderers) process.kill(id, 'SIGCONT')
  }
}

/** Sooner than a dead line is noticed by its silence. */
const atOnce = { timeout: 4_000 }

const caughtUp = /^Caught up \+\d+$/

const state = (page: Page) => page.getByRole('main').getByRole('status').first()

/** Names of whom the drawn lines say that they were created, from the top. */
const told = async (page: Page): Promise<string[]> => {
  const lines = await page.getByRole('row').filter({ hasText: ' created ' }).allInnerTexts()
  return lines.map(line => /created (\w+ \w+)/.exec(line)?.[1] ?? line)
}

/** How far from the top of the screen each drawn line stands, in pixels. */
const places = (page: Page): Promise<Record<string, number>> =>
  page
    .getByRole('row')
    .filter({ hasText: ' created ' })
    .evaluateAll(rows =>
      Object.fromEntries(rows.map(row => [row.textContent, row.getBoundingClientRect().top])),
    )

test('lines that came while the network was gone or the lid was closed are told once and in order', async ({
  page,
  away,
  sealed,
}) => {
  await page.setViewportSize(tall)
  await setUp(page, away.server.setupLink(), owner)
  const idp = await connect(page, away.server)
  const names: string[] = []
  const push = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      const name = `Person Number${String(names.length)}`
      await idp.create(name)
      names.unshift(name)
    }
  }
  const allAreTold = () => expect.poll(() => told(page)).toEqual(names)
  await goTo(page, 'Live feed')
  await expect(state(page)).toHaveText('Live')
  await push(3)
  await allAreTold()

  await test.step('the network goes and comes back', async () => {
    await away.network.refuse()
    await expect(state(page)).toHaveText(/^Reconnecting in \d+ s$/)
    await push(37)
    await away.network.accept()
    await expect(state(page)).toHaveText('Caught up +37')
    await allAreTold()
  })

  await test.step('the page sleeps, and the server drops the silent line', async () => {
    const wake = await putToSleep(page)
    await push(12)
    expect(away.network.reset()).toBeGreaterThan(0)
    await push(5)
    wake()
    await expect(state(page)).toHaveText(caughtUp)
    await allAreTold()
  })

  await test.step('ten minutes with the lid closed, and the line is dead without a word', async () => {
    away.network.weather = 'silent'
    await push(9)
    await page.clock.setSystemTime(Date.now() + 600_000)
    await tellOnline(page)
    await expect(state(page)).toHaveText(/^Reconnecting in \d+ s$/, atOnce)
    // The next line is dead, too, until somebody says that the network is back.
    away.network.weather = 'fair'
    await tellOnline(page)
    await expect(state(page)).toHaveText('Caught up +9', atOnce)
    await allAreTold()
  })
  await test.step('scrolled away or paused nothing moves, and nothing is lost', async () => {
    await page.setViewportSize({ width: 1440, height: 800 })
    await page.getByRole('grid').hover()
    await page.mouse.wheel(0, 900)
    await expect(page.locator('[data-index="0"]')).toHaveCount(0)
    const before = await places(page)
    await push(12)
    await expect(page.getByRole('button', { name: '12 new' })).toBeVisible()
    expect(await places(page)).toEqual(before)
    await page.getByRole('button', { name: '12 new' }).click()
    await page.setViewportSize(tall)
    await allAreTold()
    await page.getByRole('button', { name: 'Pause' }).click()
    const paused = await places(page)
    await push(2)
    expect(away.network.reset()).toBeGreaterThan(0)
    await push(2)
    await expect(state(page)).toHaveText('Paused · 4 new')
    expect(await places(page)).toEqual(paused)
    await page.getByRole('button', { name: 'Resume' }).click()
    await allAreTold()
  })
  expect(sealed.takeComplaints().filter(complaint => !complaint.includes('ERR_CONNECTION'))).toEqual([])
})
