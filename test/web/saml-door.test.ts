// The pages of the SAML door speak the language of the device, and show text as text in each of them.
import { beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusalCodes } from '#server/domain/sso/rules/refusal.ts'
import { pageHtml } from '#server/saml/page.ts'
import { translatePage } from '#web/lib/translate-page.ts'

/** Parsed as a browser does, without what it would load. */
const page = (title: string, message: string): Document => {
  const html = pageHtml({ title, message, requestId: 'R-1', at: new Date(0) }, '/style.css')
  const bare = html.replaceAll(/<(link|meta|script)[^>]*>(<\/script>)?/g, '')
  return new DOMParser().parseFromString(bare, 'text/html')
}
const textOf = (shown: Document) => shown.body.textContent.replaceAll(/\s+/g, ' ').trim()

beforeEach(() => {
  localStorage.clear()
})

describe('a page of the SAML door', () => {
  test('speaks German where German was chosen', async () => {
    localStorage.setItem('rollcall-language', 'de')
    const shown = page(
      'You are not signed in',
      'This answer was used already. Start again from the sign-in page.',
    )
    await translatePage(shown)
    expect(textOf(shown)).toMatch(
      /^Rollcall Sie sind nicht angemeldet ?Diese Antwort wurde schon verwendet\./,
    )
    expect(textOf(shown)).toContain('Zu Rollcall Anfrage-ID R-1')
    expect(shown.title).toBe('Sie sind nicht angemeldet · Rollcall')
    expect(shown.documentElement.lang).toBe('de')
  })

  test('stays as it is in English', async () => {
    const shown = page('Confirmed', 'Confirmed. Close this tab.')
    const before = shown.documentElement.outerHTML
    await translatePage(shown)
    expect(shown.documentElement.outerHTML).toBe(before)
  })

  test('keeps what it does not know, and markup stays text', async () => {
    localStorage.setItem('rollcall-language', 'de')
    const name = '<img src=x onerror=alert(1)> $& Ada'
    const shown = page(
      'The test passed',
      `The identity provider signed in ${name} (a@b.c). Close this tab and go on in Rollcall.`,
    )
    await translatePage(shown)
    expect(shown.querySelectorAll('img')).toHaveLength(1)
    expect(textOf(shown)).toContain(`Der Identitätsanbieter hat ${name} (a@b.c) angemeldet. Schließen Sie`)
    expect(shown.title).toBe('Der Test ist bestanden · Rollcall')
  })

  test.each(refusalCodes.filter(code => code !== 'unknown-person' && code !== 'deactivated'))(
    'has German for %s',
    async code => {
      localStorage.setItem('rollcall-language', 'de')
      const { message } = refusal(code)
      const shown = page('Not confirmed', message)
      await translatePage(shown)
      expect(textOf(shown)).not.toContain(message)
    },
  )
})
