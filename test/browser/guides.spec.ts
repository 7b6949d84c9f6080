// The set-up guides on a screen and on paper, and an overview in trouble, with the bell that told of it.
import { demo } from '#test/support/demo-server.ts'
import { signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test('each guide is readable, and printed alone and in light colours', async ({ page, sealed }, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, { email: demo().email, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('application')).toBeVisible()
  await look(page, info, '90-overview-demo')
  await page.goto(`${demo().origin}/login/provisioning?guide=google#guide`)
  await expect(page.getByText('Google Workspace cannot call Rollcall directly')).toBeInViewport()
  expect(await page.evaluate(() => document.getElementById('main')?.getBoundingClientRect().bottom)).toBe(
    page.viewportSize()?.height,
  )
  await expect(page.getByText('Called with your token')).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Google' })).toBeInViewport({ ratio: 0.9 })
  await look(page, info, '91-guide-google')
  const list = page.getByRole('region', { name: 'What has arrived' })
  await expect(list.getByRole('status')).toHaveText(/^[1-5] of 5$/)
  await page.getByRole('tab', { name: 'Entra ID' }).click()
  await expect(page.getByText('Address that unlocks the list')).toBeVisible()
  await look(page, info, '94-guide-entra')
  await page.getByRole('tab', { name: 'Other' }).click()
  await expect(page).toHaveURL(/guide=other/u)
  await look(page, info, '92-guide-other')

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByText('Set-up guide for Other')).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Other' })).toBeHidden()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  const paper = await page.evaluate(() => ({
    color: getComputedStyle(document.body).color,
    overflow: [...document.querySelectorAll('main, main > div')].map(one => getComputedStyle(one).overflow),
  }))
  expect(new Set(paper.overflow)).toEqual(new Set(['visible']))
  await page.screenshot({
    path: `test-output/screenshots/${info.project.name}-light/93-guide-printed.png`,
    fullPage: true,
  })
  expect(sealed.takeComplaints()).toEqual([])
})
