// The ways that do not lead in: wrong passwords, used links, addresses without a page; and the way in by two steps.
import { owner, setUp, signIn, signOut } from './console.ts'
import { codeAt } from '#test/domain/two-step/authenticator.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test('a wrong password is refused, the right one leads back to where one wanted to go', async ({
  page,
  fresh,
}, info) => {
  await setUp(page, fresh.server.setupLink(), owner)
  await signOut(page, owner.name)
  await page.goto(`${fresh.origin}/live`)
  await expect(page.getByRole('heading', { name: 'Sign in to your organization' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Enter your work e-mail.')).toBeVisible()
  await signIn(page, { email: owner.email, password: 'not the right password' })
  await expect(page.getByText(/do not match|wrong|not right/i)).toBeVisible()
  await look(page, info, '20-wrong-password')
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Live feed' })).toBeVisible()
})

test('a set-up link that was used, cut off or invented says so', async ({ page, fresh }, info) => {
  const link = fresh.server.setupLink()
  await setUp(page, link, owner)
  await signOut(page, owner.name)
  for (const dead of [link, link.slice(0, -3), `${fresh.origin}/setup`]) {
    await page.goto(`${fresh.origin}/sign-in`)
    await page.goto(dead)
    await expect(page.getByRole('heading', { name: 'This set-up link does not work any more' })).toBeVisible()
  }
  await look(page, info, '21-dead-link')
})

test('an address without a page says so, offers the search, and leads home', async ({
  page,
  fresh,
}, info) => {
  await setUp(page, fresh.server.setupLink(), owner)
  await page.goto(`${fresh.origin}/no/such/page`)
  await expect(page.getByText('There is no page here')).toBeVisible()
  await look(page, info, '22-not-found')
  await page.getByRole('button', { name: 'Search the console' }).click()
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Go to the overview' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('a session that was ended elsewhere leads to the sign-in page', async ({ page, fresh }) => {
  await setUp(page, fresh.server.setupLink(), owner)
  // Away from the console first: a request of its own that is refused meanwhile is not what this is about.
  await page.goto('about:blank')
  await page.context().clearCookies()
  await page.goto(`${fresh.origin}/users`)
  await expect(page.getByRole('heading', { name: 'Sign in to your organization' })).toBeVisible()
  await signIn(page, owner)
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()
})

test('two-step sign-in is turned on by the app, and asked for after the password', async ({
  page,
  fresh,
}, info) => {
  await setUp(page, fresh.server.setupLink(), owner)
  await page.goto(`${fresh.origin}/profile?tab=security`)
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  const secret = await page.getByRole('textbox', { name: 'Or type this secret into the app' }).innerText()
  await page.getByLabel('Code from your app').fill(codeAt(secret, new Date()))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const [code = ''] = (await page.getByRole('textbox', { name: 'Your recovery codes' }).innerText()).split(
    '\n',
  )
  await page.getByRole('checkbox', { name: 'I have stored it in a safe place' }).check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('10 recovery codes left.')).toBeVisible()
  await look(page, info, '23-security')
  await signOut(page, owner.name)
  await page.goto(`${fresh.origin}/sign-in`)
  await signIn(page, owner)
  await look(page, info, '24-second-step')
  await page.getByLabel('Code from your app').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
