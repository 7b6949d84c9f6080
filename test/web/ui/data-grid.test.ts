// The grid tells where it stands: scrolled away from its top, or there.
import { fireEvent } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import DataGrid from '#web/ui/DataGrid.vue'
import { show } from '#test/web/show.ts'

test('one that is drawn anew stands at its top, whatever the one before it said', async () => {
  const told: boolean[] = []
  const key = ref(1)
  const layout = { label: 'Lines', columns: [], rowHeight: 36 }
  const Page = defineComponent(
    () => () =>
      h(DataGrid, {
        key: key.value,
        layout,
        count: 3,
        rowAt: index => ({ index }),
        isOpen: () => false,
        onTop: (atTop: boolean) => told.push(atTop),
      }),
  )
  const { container } = await show(Page)
  const scroller = () => container.querySelector<HTMLElement>('.overflow-y-auto')!
  scroller().scrollTop = 500
  await fireEvent.scroll(scroller())
  expect(told).toEqual([true, false])
  key.value = 2
  await fireEvent.focus(document.body)
  expect(told).toEqual([true, false, true])
})
