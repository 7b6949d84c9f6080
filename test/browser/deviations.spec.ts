// Tolerated deviations in a real browser: seen, refused after a warning, allowed again, and the way to the last request.
import { demo } from '#test/support/demo-server.ts'
import { goTo, signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test('a deviation is refused and tolerated again', async ({ page }, info) => {
  // The two widths run side by side on one organization, so each has a deviation of its own.
  const phone = info.project.name === 'phone'
  const id = phone ? 'group-without-namespace' : 'password-sent'
  const send = (userName: string) =>
    fetch(`${demo().scimBase}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demo().scimToken}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName,
        ...(phone ? { group: 'Sales' } : { password: 'x' }),
      }),
    })
  const name = `quirky-${info.project.name}-${String(Date.now())}@example.com`
  expect((await send(name)).status).toBe(201)
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await goTo(page, 'User provisioning')
  const section = page.getByRole('region', { name: 'Tolerated deviations' })
  const toggle = section.getByRole('switch', { name: `Tolerate ${id}` })
  await expect(toggle).toBeChecked()
  await toggle.scrollIntoViewIfNeeded()
  await toggle.click()
  await look(page, info, '39-deviation-question')
  await page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()
  await expect(toggle).not.toBeChecked()
  // The server has answered what the switch shows already.
  await expect(toggle).toBeEnabled()
  const refused = await send(`again-${name}`)
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('Tolerated deviations')
  await toggle.scrollIntoViewIfNeeded()
  await look(page, info, '40-deviations')
  await toggle.click()
  await expect(toggle).toBeChecked()
  await expect(toggle).toBeEnabled()
  expect((await send(`again-${name}`)).status).toBe(201)

  await page.getByRole('region', { name: 'Settings' }).scrollIntoViewIfNeeded()
  await look(page, info, '41-provisioning-settings')
  await section
    .getByRole('link', { name: new RegExp(`^Open the last request of .* with ${id}$`) })
    .first()
    .click()
  await expect(page.getByRole('complementary').getByText('POST /Users')).toBeVisible()
})
