// A choice that shows at once, and is followed after the next paint.
import { expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { useShownFirst } from '#web/ui/use-shown-first.ts'

test('what is pressed shows at once and is taken after the paint, the last press alone', async () => {
  const current = ref('active')
  const take = vi.fn((value: string) => {
    current.value = value
    return Promise.resolve()
  })
  const tab = useShownFirst(() => current.value, take)
  tab.value = 'pending'
  tab.value = 'deleted'
  expect([tab.value, current.value]).toEqual(['deleted', 'active'])
  expect(take).not.toHaveBeenCalled()
  await vi.waitFor(() => {
    expect(current.value).toBe('deleted')
  })
  expect(take.mock.calls).toEqual([['deleted']])
})

test('what is not taken does not stay', async () => {
  const tab = useShownFirst(
    () => 'active',
    () => Promise.resolve(),
  )
  tab.value = 'pending'
  await vi.waitFor(() => {
    expect(tab.value).toBe('active')
  })
})
