// The `test` of every journey: a page that may not complain, and a server of one's own when asked for.
import { test as base, expect, type ConsoleMessage, type Page, type Request } from '@playwright/test'
import { browserPlace, isBrowserProject } from '#test/support/browser-place.ts'
import { freePort, startServer, type ServerProcess } from '#test/support/server-process.ts'

export { expect }

export interface Sealed {
  /** Takes what the page complained about so far, for a test that provokes it. */
  readonly takeComplaints: () => string[]
}

interface Fixtures {
  readonly sealed: Sealed
  /** A server without data, and the address it tells people. */
  readonly fresh: { readonly server: ServerProcess; readonly origin: string }
}

export const test = base.extend<Fixtures>({
  sealed: [
    async ({ page }, use) => {
      const complaints: string[] = []
      await seal(page, complaint => complaints.push(complaint))
      await use({ takeComplaints: () => complaints.splice(0) })
      expect(complaints, 'what the page complained about').toEqual([])
    },
    { auto: true },
  ],
  fresh: async ({ page }, use, { project }) => {
    if (!isBrowserProject(project.name)) throw new Error(`Nobody knows the project "${project.name}".`)
    const place = await browserPlace(project.name)
    const port = await freePort()
    const server = await startServer({ env: { ...place.env, PORT: String(port) } })
    await use({ server, origin: `http://localhost:${port}` })
    // A page that outlives its server would rightly complain.
    await page.goto('about:blank')
    await server.stop('SIGKILL')
    await place.remove()
  },
})

/** Console errors and warnings, uncaught errors, requests to elsewhere, breaches of the content security policy. */
async function seal(page: Page, complain: (complaint: string) => void): Promise<void> {
  page.on('console', (message: ConsoleMessage) => {
    if (['error', 'warning'].includes(message.type()))
      complain(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => {
    complain(`uncaught: ${error.message}`)
  })
  page.on('request', (request: Request) => {
    const { protocol, hostname } = new URL(request.url())
    const inside = ['data:', 'blob:'].includes(protocol) || hostname === 'localhost'
    if (!inside) complain(`request to elsewhere: ${request.url()}`)
  })
  await page.exposeFunction('complainOfPolicy', complain)
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', breach => {
      const tell = Reflect.get(globalThis, 'complainOfPolicy') as (text: string) => void
      tell(`content security policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sample}`)
    })
  })
}
