// A part that does not arrive: whoever waits for it is told, with the way out.
import { screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import App from '#web/App.vue'
import { noticeMissingParts } from '#web/lib/missing-parts.ts'
import { show } from '#test/web/show.ts'

test('says that a part is missing, with a link that loads the page again', async () => {
  noticeMissingParts()
  await show(App)
  expect(screen.queryByRole('alert')).toBeNull()
  dispatchEvent(new Event('vite:preloadError'))
  expect((await screen.findByRole('alert')).textContent).toContain('did not arrive')
  expect(screen.getByRole('link', { name: 'Load the page again' }).getAttribute('href')).toBe('')
})
