// Mapping values to groups: from an empty page to people who are placed, undone, imported and guarded.
import { urn } from '#server/scim/index.ts'
import { demo } from '#test/support/demo-server.ts'
import { goTo, leaveBy, owner, setUp, signIn } from './console.ts'
import { look } from './look.ts'
import { act, arrive, choose, connect, groupsOf, idOf, searchAndSave, upload } from './mapping-steps.ts'
import { expect, test } from './sealed-test.ts'

test('an admin maps values to groups, previews, saves, undoes and imports', async ({ page, fresh }, info) => {
  // Two dozen pictures, each in two themes and looked at by axe.
  test.slow()
  await setUp(page, fresh.server.setupLink(), owner)
  const idp = await connect(page)

  await test.step('an empty page says what to do next', async () => {
    await goTo(page, 'Map to groups')
    await expect(page.getByText('No values received yet')).toBeVisible()
    await look(page, info, '50-mapping-empty')
  })

  await test.step('values that arrived are listed with counts, and marks for what nobody sees', async () => {
    await arrive(idp)
    await page.reload()
    const open = page.getByRole('region', { name: 'Values without a group' })
    await expect(open.getByRole('heading')).toHaveText('5 values have no group yet')
    await expect(open.getByRole('listitem').filter({ hasText: 'Customer' })).toContainText('⍽')
    await look(page, info, '51-mapping-values')
  })

  await test.step('a value becomes a row with a new group, by keyboard alone', async () => {
    const add = page.getByRole('button', { name: 'Add row for Sales', exact: true })
    await add.focus()
    await page.keyboard.press('Enter')
    const group = page.getByRole('button', { name: 'Group for Sales: Pick a group' })
    await expect(group).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: 'Create new group “Sales”' })).toBeVisible()
    await look(page, info, '52-mapping-picker')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Group for Sales: Sales', exact: true })).toBeFocused()
  })

  await test.step('a near miss is pointed out and mended by one press', async () => {
    await expect(page.getByText('differs only in case from')).toBeVisible()
    await look(page, info, '53-mapping-near-miss')
    await page.getByRole('button', { name: 'Map SALES to Sales' }).click()
    await expect(page.getByRole('button', { name: 'Group for SALES: Sales', exact: true })).toBeVisible()
    await choose(page, { value: 'Engineering' })
  })

  await test.step('a fault keeps the rows from being saved and leads to its row', async () => {
    await page.getByRole('button', { name: 'Add row', exact: true }).last().click()
    await page.keyboard.type('Sales')
    await page.getByRole('button', { name: 'Save and continue' }).click()
    const summary = page.getByRole('alert').filter({ hasText: 'to correct before saving' })
    await expect(summary).toBeFocused()
    await look(page, info, '54-mapping-faults')
    await page.getByRole('button', { name: 'Remove row Sales' }).last().click()
    await expect(summary).toHaveCount(0)
  })

  await test.step('the preview says who moves and why, and writes nothing', async () => {
    await page.getByRole('switch', { name: 'Mapping attributes' }).click()
    await page.getByRole('radio', { name: 'Yes' }).click()
    await expect(page.getByText('Moves 5 people when you save.')).toBeVisible()
    await look(page, info, '55-mapping-edited')
    await page.getByRole('button', { name: 'Preview changes' }).click()
    await expect(page.getByText('Nothing has been written')).toBeVisible()
    await expect(page.getByRole('tab', { name: 'All changes' })).toContainText('5')
    await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' })).toContainText('Sales')
    await look(page, info, '56-mapping-preview')
    await searchAndSave(page)
    await page.getByRole('row').filter({ hasText: 'Grace Hopper' }).click()
    await expect(page.getByRole('complementary', { name: 'Grace Hopper' })).toContainText(
      'Group = Sales, row 1',
    )
    await look(page, info, '57-mapping-person')
    await page.getByRole('button', { name: 'Close' }).last().click()
    expect(await groupsOf(page)).toEqual([])
  })

  await test.step('a stale preview is refused with what changed, and there is a way on', async () => {
    await idp.replace(await idOf(idp, 'Barbara Liskov'), { [urn.calendlyUser]: { group: 'Engineering' } })
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByRole('button', { name: 'Save and move 5 people' }).click()
    const stale = page.getByRole('dialog', { name: 'The preview is out of date' })
    await expect(stale).toContainText('6 join (it was 5)')
    await look(page, info, '58-mapping-stale')
    await stale.getByRole('button', { name: 'Preview again' }).click()
    await expect(page.getByRole('dialog', { name: 'Move 6 people now?' })).toBeVisible()
    await look(page, info, '59-mapping-question')
    await page.getByRole('button', { name: 'Save and move 6 people' }).click()
    await expect(page.getByText('6 people moved', { exact: true })).toBeVisible()
    await expect(page.getByRole('progressbar', { name: 'Moving people' })).toHaveCount(0)
    expect(await groupsOf(page)).toEqual(['Engineering 2', 'Sales 4'])
    await look(page, info, '60-mapping-saved')
  })

  await test.step('the history undoes a change set after its own preview', async () => {
    await act(page, 'History')
    const history = page.getByRole('complementary', { name: 'History' })
    await expect(history.getByText('Moved 6 people')).toBeVisible()
    await history.getByRole('button', { name: 'See the people' }).click()
    await history.getByRole('searchbox', { name: 'Search people' }).fill('Grace')
    await expect(history.getByText('1 person', { exact: true })).toBeVisible()
    await expect(history.getByRole('row')).toContainText('Group = Sales, row 1')
    await look(page, info, '60-mapping-people')
    const file = await history.getByRole('link', { name: 'CSV' }).getAttribute('href')
    const csv = await (await page.request.get(fresh.origin + String(file))).text()
    expect(csv.split('\r\n')[1]).toContain('Grace Hopper,grace.hopper@example.com')
    await history.getByRole('tab', { name: 'What undoing would do' }).click()
    await expect(history.getByRole('row')).toContainText('No group')
    await history.getByRole('button', { name: 'History' }).click()
    await look(page, info, '61-mapping-history')
    await history.getByRole('button', { name: 'Undo this change set' }).click()
    const question = page.getByRole('dialog', { name: 'Undo this change set?' })
    await expect(question).toContainText('6 people go back to the groups of before.')
    await look(page, info, '62-mapping-undo')
    await question.getByRole('button', { name: 'Undo this change set' }).click()
    await expect(page.getByText('6 people moved back', { exact: true })).toBeVisible()
    await expect(history.getByText('Undone', { exact: true })).toBeVisible()
    expect(await groupsOf(page)).toEqual(['Engineering 0', 'Sales 0'])
    await look(page, info, '63-mapping-undone')
    await history.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('another source attribute is shown with a sample before it is used', async () => {
    await act(page, 'Source attribute')
    const dialog = page.getByRole('dialog', { name: 'Source attribute' })
    await expect(dialog.getByText('9 of 10 people carry it: 5 different values')).toBeVisible()
    await look(page, info, '64-mapping-source')
    await dialog.getByRole('radio', { name: /Department/ }).check()
    await dialog.getByRole('button', { name: 'Use this attribute' }).click()
    await expect(page.getByText('The values of everybody are read', { exact: true })).toBeVisible()
    const open = page.getByRole('region', { name: 'Values without a group' })
    await expect(open.getByRole('listitem').filter({ hasText: 'Research' })).toBeVisible()
  })

  await test.step('a file becomes unsaved rows after a look at it; leaving asks', async () => {
    await act(page, 'Import CSV')
    const dialog = page.getByRole('dialog', { name: 'Import CSV' })
    await upload(dialog, 'Value,Group\r\nResearch,Engineering\r\nPlant,Plant\r\n,Nobody\r\n')
    await expect(dialog.getByText('Line 4 has no value.')).toBeVisible()
    await look(page, info, '65-mapping-import')
    await dialog.getByRole('button', { name: 'Take over 2 rows' }).click()
    await expect(page.getByRole('button', { name: 'Group for Plant: Plant' })).toBeVisible()
    await leaveBy(page, 'Users')
    await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
    await look(page, info, '66-mapping-leave')
    await page.getByRole('button', { name: 'Cancel' }).click()
    // On a phone the navigation that one meant to leave by is still open.
    if (info.project.name === 'phone') await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('switch', { name: 'Mapping attributes' }).click()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  })

  await test.step('from then on the live feed says who joins which group and why', async () => {
    await goTo(page, 'Live feed')
    await idp.create('Ada Lovelace')
    const sentence = 'Ada Lovelace joined Engineering (Department = Research, row 1)'
    await expect(page.getByText(sentence)).toBeVisible()
    await goTo(page, 'Map to groups')
    await expect(page.getByRole('button', { name: 'Group for Plant: Plant' })).toBeVisible()
  })

  await test.step('1,000 rows are drawn as a window, searched and found', async () => {
    await act(page, 'Import CSV')
    const dialog = page.getByRole('dialog', { name: 'Import CSV' })
    const lines = Array.from({ length: 1_000 }, (_, index) => `Team ${String(index + 1)},Everyone\r\n`)
    await upload(dialog, lines.join(''))
    await dialog.getByRole('radio', { name: 'Replace them' }).click()
    await dialog.getByRole('button', { name: 'Take over 1,000 rows' }).click()
    await expect(page.getByText('1,000 rows', { exact: true })).toBeVisible()
    expect(await page.getByRole('table').getByRole('row').count()).toBeLessThan(60)
    await page.getByRole('searchbox', { name: 'Search rows' }).fill('Team 777')
    await expect(page.getByRole('textbox', { name: 'Value of row 777' })).toHaveValue('Team 777')
    await page.getByRole('searchbox', { name: 'Search rows' }).fill('')
    await look(page, info, '67-mapping-thousand')
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  await test.step('user provisioning and the overview lead there', async () => {
    await goTo(page, 'User provisioning')
    const step = page.getByRole('region', { name: 'Step 2: Map to groups (Optional)' })
    await expect(step).toContainText('On, with 2 rows.')
    await step.scrollIntoViewIfNeeded()
    await look(page, info, '68-mapping-step')
    await step.getByRole('link', { name: 'Map to groups' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Map to groups' })).toBeVisible()
  })
})

test('the page on an organization of 5,000', async ({ page }, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByText(/values have no group yet/)).toBeVisible()
  await goTo(page, 'Map to groups')
  await expect(page.getByRole('button', { name: 'Map sales emea to Sales' })).toBeVisible()
  await expect(page.getByText(/Computed/)).toBeVisible()
  await look(page, info, '70-mapping-demo')
  await page.getByRole('button', { name: /^See all/ }).click()
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await look(page, info, '71-mapping-demo-preview')
})
