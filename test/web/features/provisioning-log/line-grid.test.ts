// The grid of lines tells where it stands: scrolled away from its top, or there.
import { fireEvent } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import LineGrid from '#web/features/provisioning-log/LineGrid.vue'
import { show } from '#test/web/show.ts'

test('one that is drawn anew stands at its top, whatever the one before it said', async () => {
  const told: boolean[] = []
  const key = ref(1)
  const onTop = (atTop: boolean) => told.push(atTop)
  const Page = defineComponent(
    () => () => h(LineGrid, { key: key.value, lines: [], openId: '', label: 'Lines', zone: 'utc', onTop }),
  )
  const { container } = await show(Page)
  const scroller = () => container.querySelector<HTMLElement>('.overflow-y-auto')!
  scroller().scrollTop = 500
  await fireEvent.scroll(scroller())
  expect(told).toEqual([true, false])
  key.value = 2
  await nextTick()
  expect(told).toEqual([true, false, true])
})
