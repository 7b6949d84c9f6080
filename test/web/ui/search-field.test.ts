// The search of a list, typed as people type: with pauses in the middle.
import { fireEvent, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import SearchField from '#web/ui/SearchField.vue'
import { show } from '#test/web/show.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function field() {
  const asked: string[] = []
  const text = ref('')
  const update = (now: string) => {
    asked.push(now)
    text.value = now
  }
  const Field = defineComponent(
    () => () => h(SearchField, { label: 'Search', modelValue: text.value, 'onUpdate:modelValue': update }),
  )
  await show(Field)
  return { asked, text, box: screen.getByRole<HTMLInputElement>('searchbox') }
}

test('a blank stays where more words follow it after a pause', async () => {
  const { asked, box } = await field()
  for (const typed of ['ada ', 'ada lovelace']) {
    await fireEvent.update(box, typed)
    await vi.advanceTimersByTimeAsync(300)
    expect(box.value).toBe(typed)
  }
  expect(asked).toEqual(['ada', 'ada lovelace'])
})

test('what comes from elsewhere, such as Back, is shown', async () => {
  const { box, text } = await field()
  await fireEvent.update(box, 'ada ')
  await vi.advanceTimersByTimeAsync(300)
  text.value = 'grace'
  await vi.advanceTimersByTimeAsync(0)
  expect(box.value).toBe('grace')
  text.value = ''
  await vi.advanceTimersByTimeAsync(0)
  expect(box.value).toBe('')
})
