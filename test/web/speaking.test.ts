// Which language the console speaks, and that a change reaches everything at once.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { useI18n } from 'vue-i18n'
import { problemOfFailure } from '#web/graphql/problem.ts'
import { i18n, loadText, speak } from '#web/i18n.ts'
import { clockTime, dayOfTime, duration, listed, minutesText, percent } from '#web/lib/format.ts'
import { relativeTime, shortDate, shortNumber, wholeNumber } from '#web/lib/format.ts'
import { language } from '#web/lib/language.ts'
import { firstLanguage } from '#web/lib/languages.ts'
import { said } from '#web/lib/said.ts'
import { navigation } from '#web/pages/navigation.ts'
import { libraryWords } from '#web/ui/library-words.ts'
import LanguageSwitch from '#web/ui/LanguageSwitch.vue'
import NavigationList from '#web/ui/NavigationList.vue'
import SetupList from '#web/features/health/SetupList.vue'
import { show } from './show.ts'

afterEach(() => speak('en'))

describe('the first language', () => {
  test.each([
    ['what was chosen here', 'de', ['en-US'], 'de'],
    ['what the browser asks for', null, ['de-AT', 'en'], 'de'],
    ['the first wish that can be met', null, ['fr-FR', 'de', 'en'], 'de'],
    ['English, when no wish can be met', null, ['fr', 'pt-BR'], 'en'],
    ['English, without any wish', null, [], 'en'],
    ['no choice that is not spoken any more', 'tlh', ['de'], 'de'],
  ])('is %s', (_what, chosen, wishes, expected) => {
    if (chosen !== null) localStorage.setItem('rollcall-language', chosen)
    expect(firstLanguage(wishes)).toBe(expected)
  })

  test('is found where the browser forbids storage', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('forbidden')
    })
    expect(firstLanguage(['de'])).toBe('de')
  })
})

describe('a change of language', () => {
  test('reaches loaded rooms, the page, the library and this device without a reload', async () => {
    const page = await show(SetupList, { props: { steps: [] } })
    expect(page.getByText('0 of 0 done')).toBeTruthy()
    await speak('de')
    await page.findByText('0 von 0 erledigt')
    expect(page.getByRole('heading', { name: 'Einrichtung' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('de')
    expect(localStorage.getItem('rollcall-language')).toBe('de')
    await vi.waitFor(() => {
      expect(libraryWords.value?.code).toBe('de')
    })
    await speak('en')
    await page.findByText('0 of 0 done')
    expect(document.documentElement.lang).toBe('en')
    await vi.waitFor(() => {
      expect(libraryWords.value).toBeUndefined()
    })
  })

  test('reaches what is made once and stays, such as the navigation', async () => {
    const Frame = defineComponent(() => {
      const { t } = useI18n()
      const may = { readGroups: true, manageUsers: true } as Parameters<typeof navigation>[0]
      return () => h(NavigationList, { groups: navigation(may, t) })
    })
    const page = await show(Frame)
    expect(page.getByRole('link', { name: 'Groups' })).toBeTruthy()
    await speak('de')
    await page.findByRole('link', { name: 'Gruppen' })
    expect(page.queryByRole('link', { name: 'Groups' })).toBeNull()
  })

  test('brings the rooms that open while it is under way', async () => {
    const changing = speak('de')
    const opening = loadText(['activity'])
    await Promise.all([changing, opening])
    expect(i18n.global.t('activity.total', { count: 2 }, 2)).toBe('2 Aktivitäten')
  })

  test('obeys the last of two presses', async () => {
    // German has to be loaded once more: the first press is answered last.
    i18n.global.setLocaleMessage('de', {})
    await Promise.all([speak('de'), speak('en')])
    expect(language.value).toBe('en')
    expect(localStorage.getItem('rollcall-language')).toBe('en')
  })

  test('is offered in the languages themselves', async () => {
    const page = await show(LanguageSwitch)
    const german = page.getByRole('button', { name: 'Deutsch', pressed: false })
    expect(german.lang).toBe('de')
    german.click()
    await page.findByRole('group', { name: 'Sprache' })
    expect(page.getByRole('button', { name: 'Deutsch', pressed: true })).toBe(german)
    page.getByRole('button', { name: 'English' }).click()
    await page.findByRole('group', { name: 'Language' })
  })
})

test('plural forms follow the language', async () => {
  await speak('de')
  await loadText(['users', 'security'])
  const told = (count: number) => i18n.global.t('users.moved', { count }, count)
  expect([told(0), told(1), told(2)]).toEqual([
    '0 Personen verschoben',
    '1 Person verschoben',
    '2 Personen verschoben',
  ])
  expect(i18n.global.t('security.codes.againText', { count: 0 }, 0)).toBe('Sie erhalten zehn neue Codes.')
})

test('dates, numbers, units and lists read as the language has them', async () => {
  const now = Date.parse('2026-11-21T18:04:11.204Z')
  await speak('de')
  await nextTick()
  expect(relativeTime(now - 42_000, now)).toBe('vor 42 Sek.')
  expect(relativeTime(now, now)).toBe('jetzt')
  expect(shortDate(now)).toBe('21. Nov. 2026')
  expect(dayOfTime(now, 'utc')).toBe('21. Nov.')
  expect(clockTime(now, 'utc')).toBe('18:04:11,204')
  expect(wholeNumber(96_749)).toBe('96.749')
  expect(shortNumber(1_200_000)).toBe('1,2\u00a0Mio.')
  expect(percent(0.9999)).toBe('99,9 %')
  expect([duration(3.21), duration(38.4), duration(1234)]).toEqual(['3,2 ms', '38 ms', '1,2 s'])
  expect(minutesText(1440)).toBe('1 Tag')
  expect(listed(['Ada', 'Grace', 'Mary'])).toBe('Ada, Grace und Mary')
})

test('what the server says is told in the language, also when that changes while it is shown', async () => {
  const problem = problemOfFailure({
    __typename: 'InvalidInputError',
    code: 'groups/bad-name',
    message: 'Give the group a name of 1 to 50 characters.',
    fields: [{ path: 'input.name', message: 'Give the group a name of 1 to 50 characters.' }],
  })
  expect(problem.message).toBe('Give the group a name of 1 to 50 characters.')
  await speak('de')
  expect(problem.message).toBe('Geben Sie der Gruppe einen Namen mit 1 bis 50 Zeichen.')
  expect(problem.fields).toEqual({ name: 'Geben Sie der Gruppe einen Namen mit 1 bis 50 Zeichen.' })
  expect(said('Okta 2026 deactivated Ada Byron')).toBe('Okta 2026 hat Ada Byron deaktiviert')
  expect(said('Department = Sales, row 3', 'reasons')).toBe('Department = Sales, Zeile 3')
  expect(said('A sentence of a newer server.')).toBe('A sentence of a newer server.')
})
